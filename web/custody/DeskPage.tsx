import { Checkbox, NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { conditions, custodies, type Condition } from '../../contract/custody.ts'
import { stock } from '../../contract/stock.ts'
import { LocationField } from '../locations/LocationField.tsx'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView } from '../ui/StateViews.tsx'
import { TagsField } from '../ui/TagsField.tsx'
import { tellDone } from '../ui/told.ts'
import { HolderFields, type To } from './HolderFields.tsx'

const acts = ['out', 'on', 'back', 'issue'] as const
type Act = (typeof acts)[number]
const isAct = (text: string | undefined): text is Act => acts.some((one) => one === text)

/** The counter: hand out, pass on and take back many at once by tag or scanner, issue what is counted. */
export default function DeskPage() {
  const [address, change] = useAddress()
  const act = isAct(address['do']) ? address['do'] : 'out'
  const tags = (address['assets'] ?? '').split(',').filter((tag) => tag !== '')
  const setTags = (next: readonly string[]): void => change({ assets: next.length === 0 ? undefined : next.join(',') })
  return (
    <Page title={t('desk.title')} crumbs={[{ title: t('custody.title'), to: paths.custody }]} shape="read">
      <div>
        <SegmentedControl
          mb="md"
          aria-label={t('desk.what')}
          data={acts.map((value) => ({ value, label: t(`desk.${value}`) }))}
          value={act}
          onChange={(next) => change({ do: next })}
        />
        {act === 'issue' ? (
          <Issue start={address['stock']} />
        ) : (
          <Move key={act} act={act} tags={tags} setTags={setTags} />
        )}
      </div>
    </Page>
  )
}

function Move({
  act,
  tags,
  setTags,
}: {
  act: Exclude<Act, 'issue'>
  tags: readonly string[]
  setTags: (tags: readonly string[]) => void
}) {
  const [to, setTo] = useState<To>(null)
  const [dueBackOn, setBack] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [condition, setCondition] = useState<Condition>('good')
  const [location, setLocation] = useState<string | null>(null)
  const [repair, setRepair] = useState(false)
  const onDone = ({ items }: { items: readonly unknown[] }): void => {
    tellDone(t(`desk.done.${act}`, { n: items.length }))
    setTags([])
  }
  const out = useAct(custodies.handOut, { onDone })
  const on = useAct(custodies.transfer, { onDone })
  const back = useAct(custodies.takeBack, { onDone })
  const doing = act === 'out' ? out : act === 'on' ? on : back
  const submit = (): void => {
    const common = { assets: [...tags], note }
    if (act === 'back') back.mutate({ ...common, condition, repair, ...(location === null ? {} : { location }) })
    else if (to !== null)
      (act === 'out' ? out : on).mutate({ ...common, to, ...(dueBackOn === null ? {} : { dueBackOn }) })
  }
  return (
    <Form
      onSubmit={submit}
      verb={t(`desk.verb.${act}`, { n: tags.length })}
      busy={doing.isPending}
      error={doing.error}
      disabled={tags.length === 0 || (act !== 'back' && to === null)}
    >
      <Stack gap="sm">
        <TagsField tags={tags} onChange={setTags} />
        {act === 'back' ? (
          <>
            <Select
              label={t('desk.condition')}
              allowDeselect={false}
              data={conditions.map((value) => ({ value, label: t(`custody.condition.${value}`) }))}
              value={condition}
              onChange={(next) => setCondition(next ?? 'good')}
            />
            <LocationField
              label={t('desk.putAt')}
              description={t('desk.putAtHelp')}
              value={location}
              onChange={setLocation}
              error={fieldError(doing.error, 'location')}
            />
            <Checkbox
              label={t('desk.repair')}
              checked={repair}
              onChange={(event) => setRepair(event.currentTarget.checked)}
            />
          </>
        ) : (
          <>
            <HolderFields onChange={setTo} error={fieldError(doing.error, 'to')} />
            <DayInput
              label={t('desk.expected')}
              description={t('desk.backHelp')}
              value={dueBackOn}
              onChange={setBack}
              error={fieldError(doing.error, 'dueBackOn')}
            />
          </>
        )}
        <TextInput label={t('asset.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </Stack>
    </Form>
  )
}

function Issue({ start }: { start: string | undefined }) {
  const known = useAsk(stock.list, { limit: 200, active: true })
  const [item, choose] = useState(start ?? null)
  const [quantity, setQuantity] = useState(1)
  const [to, setTo] = useState<To>(null)
  const [note, setNote] = useState('')
  const issue = useAct(custodies.issue, {
    onDone: ({ quantity: n, holder }) => {
      tellDone(t('desk.done.issue', { n, name: holder.name }))
      setQuantity(1)
      setNote('')
    },
  })
  if (known.error !== null && known.data === undefined)
    return <ErrorView error={known.error} onRetry={() => void known.refetch()} />
  return (
    <Form
      onSubmit={() => {
        if (item !== null && to !== null) issue.mutate({ stock: item, quantity, to, note })
      }}
      verb={t('desk.verb.issue', { n: quantity })}
      busy={issue.isPending}
      error={issue.error}
      disabled={item === null || to === null}
    >
      <Stack gap="sm">
        <Select
          label={t('stock.item')}
          required
          searchable
          data={(known.data?.items ?? []).map((one) => ({
            value: one.id,
            label: t('desk.stockOption', { name: one.name, n: one.quantity }),
          }))}
          value={item}
          onChange={choose}
        />
        <NumberInput
          label={t('stock.howMany')}
          min={1}
          value={quantity}
          onChange={(value) => setQuantity(Number(value) || 1)}
        />
        <HolderFields onChange={setTo} error={fieldError(issue.error, 'to')} />
        <TextInput label={t('asset.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </Stack>
    </Form>
  )
}
