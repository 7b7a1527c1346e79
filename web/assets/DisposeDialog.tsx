import { ActionIcon, Button, Fieldset, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Sent } from '../../contract/action.ts'
import { type Asset, assets } from '../../contract/assets.ts'
import { disposalMethods, mediumKinds, mediumMethods, sanitisations } from '../../contract/disposals.ts'
import { t } from '../platform/i18n.ts'
import { useAct } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { DayInput } from '../ui/DayInput.tsx'
import type { FormField, Values } from '../ui/FieldEntry.tsx'
import { RecordForm } from '../ui/RecordForm.tsx'
import { tellDone } from '../ui/told.ts'
import { moneyInput } from './form-fields.tsx'

type Medium = NonNullable<Sent<typeof assets.dispose>['media']>[number]
const today = (): string => new Date().toISOString().slice(0, 10)

/** The end of a retired asset: where it went, money, and what became of each medium (NIST SP 800-88). */
export function DisposeDialog({ asset, onClose }: { asset: Asset; onClose: () => void }) {
  const me = useMe()
  const dispose = useAct(assets.dispose, {
    onDone: (after) => {
      tellDone(t('disposal.done', { certificate: after.disposal?.certificate ?? '' }))
      onClose()
    },
  })
  const fields: FormField[] = [
    {
      name: 'method',
      label: t('disposal.method'),
      type: 'choose',
      required: true,
      options: disposalMethods.map((method) => ({ value: method, label: t(`disposal.method.${method}`) })),
    },
    { name: 'on', label: t('disposal.on'), type: 'day', required: true },
    { name: 'recipient', label: t('disposal.recipient'), type: 'line' },
    { name: 'reason', label: t('asset.reason'), type: 'line', required: true },
    moneyInput('proceeds', t('disposal.proceeds')),
    moneyInput('cost', t('disposal.cost')),
    { name: 'noMedia', label: t('disposal.noMedia'), type: 'check', wide: true },
    {
      name: 'media',
      label: t('disposal.media'),
      type: 'own',
      wide: true,
      off: (values) => values['noMedia'] === true,
      render: ({ value, set }) => (
        <Media media={(value as Medium[] | undefined) ?? []} performer={me?.person?.name ?? ''} onChange={set} />
      ),
    },
  ]
  const submit = (values: Values): void =>
    dispose.mutate({ ...(values as Omit<Sent<typeof assets.dispose>, 'id'>), id: asset.id, version: asset.version })
  return (
    <RecordForm
      title={t('disposal.title', { tag: asset.tag })}
      verb={t('disposal.verb')}
      fields={fields}
      start={{ method: 'recycled', on: today(), noMedia: false, media: [] }}
      busy={dispose.isPending}
      error={dispose.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}

function Media({
  media,
  performer,
  onChange,
}: {
  media: readonly Medium[]
  performer: string
  onChange: (media: Medium[]) => void
}) {
  const change = (at: number, part: Partial<Medium>): void =>
    onChange(media.map((medium, i) => (i === at ? { ...medium, ...part } : medium)))
  const add = (): void =>
    onChange([
      ...media,
      {
        kind: 'flash',
        serial: '',
        sanitisation: 'purge',
        method: 'block_erase',
        tool: '',
        verification: 'full',
        performedBy: performer,
        verifiedBy: '',
        verifiedOn: today(),
      },
    ])
  return (
    <Stack gap="sm">
      {media.map((medium, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a medium has no name before it is typed
        <Fieldset key={at} legend={t('disposal.medium', { n: at + 1 })}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs">
            <Select
              label={t('disposal.kind')}
              allowDeselect={false}
              data={mediumKinds.map((kind) => ({ value: kind, label: t(`disposal.kind.${kind}`) }))}
              value={medium.kind}
              onChange={(kind) => change(at, { kind: kind ?? 'other' })}
            />
            <Words label={t('assets.serial')} value={medium.serial} onChange={(serial) => change(at, { serial })} />
            <Select
              label={t('disposal.sanitisation')}
              allowDeselect={false}
              data={sanitisations.map((one) => ({ value: one, label: t(`disposal.sanitisation.${one}`) }))}
              value={medium.sanitisation}
              onChange={(sanitisation) => change(at, { sanitisation: sanitisation ?? 'clear' })}
            />
            <Select
              label={t('disposal.how')}
              allowDeselect={false}
              data={mediumMethods.map((one) => ({ value: one, label: t(`disposal.how.${one}`) }))}
              value={medium.method}
              onChange={(method) => change(at, { method: method ?? 'overwrite' })}
            />
            <Words label={t('disposal.tool')} value={medium.tool} onChange={(tool) => change(at, { tool })} />
            <Select
              label={t('disposal.verification')}
              allowDeselect={false}
              data={(['full', 'sample'] as const).map((one) => ({
                value: one,
                label: t(`disposal.verification.${one}`),
              }))}
              value={medium.verification}
              onChange={(verification) => change(at, { verification: verification ?? 'full' })}
            />
            <Words
              label={t('disposal.performedBy')}
              value={medium.performedBy}
              onChange={(performedBy) => change(at, { performedBy })}
            />
            <Words
              label={t('disposal.verifiedBy')}
              value={medium.verifiedBy}
              onChange={(verifiedBy) => change(at, { verifiedBy })}
            />
            <DayInput
              label={t('disposal.verifiedOn')}
              required
              value={medium.verifiedOn}
              onChange={(on) => change(at, { verifiedOn: on ?? '' })}
            />
            <ActionIcon
              style={{ alignSelf: 'end' }}
              aria-label={t('disposal.removeMedium', { n: at + 1 })}
              onClick={() => onChange(media.filter((_, i) => i !== at))}
            >
              <IconX size={15} />
            </ActionIcon>
          </SimpleGrid>
        </Fieldset>
      ))}
      <div>
        <Button variant="default" onClick={add}>
          {t('disposal.addMedium')}
        </Button>
      </div>
    </Stack>
  )
}

const Words = ({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) => (
  <TextInput label={label} required value={value} onChange={(event) => onChange(event.currentTarget.value)} />
)
