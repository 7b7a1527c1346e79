import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { assetCategories } from '../../contract/asset-models.ts'
import { custodies, type CustodyTerms } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './Custody.module.css'

/** The terms people accept with what they are given, by category. */
export default function TermsPage() {
  const asked = useAsk(custodies.terms, {})
  const mayWord = useMay('assets.configure')
  return (
    <Page title={t('custodyTerms.title')} crumbs={[{ title: t('custody.title'), to: paths.custody }]} shape="read">
      <Asked question={asked}>
        {({ items }) => (
          <div>
            <p className="soft">{t('custodyTerms.help')}</p>
            {mayWord && <Wording items={items} />}
            {items
              .filter((one) => one.body !== '')
              .map((one) => (
                <Section key={one.id} title={one.category?.name ?? t('custodyTerms.others')}>
                  <p className="soft">
                    {t('custodyTerms.version', { revision: one.revision, by: one.by })} <Moment at={one.at} />
                  </p>
                  <div className={classes['terms']}>{one.body}</div>
                </Section>
              ))}
          </div>
        )}
      </Asked>
    </Page>
  )
}

function Wording({ items }: { items: readonly CustodyTerms[] }) {
  const categories = useAsk(assetCategories.list, {})
  const bodyOf = (id: string): string => items.find((one) => (one.category?.id ?? '') === id)?.body ?? ''
  const [category, choose] = useState('')
  const [body, word] = useState(() => bodyOf(''))
  const save = useAct(custodies.saveTerms, {
    onDone: ({ revision }) => tellDone(t('custodyTerms.saved', { revision })),
  })
  return (
    <Form
      onSubmit={() => save.mutate({ category: category === '' ? null : category, body })}
      verb={t('custodyTerms.save')}
      busy={save.isPending}
      error={save.error}
    >
      <Select
        label={t('assets.category')}
        allowDeselect={false}
        searchable
        data={[
          { value: '', label: t('custodyTerms.others') },
          ...(categories.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })),
        ]}
        value={category}
        error={fieldError(save.error, 'category')}
        onChange={(next) => {
          choose(next ?? '')
          word(bodyOf(next ?? ''))
        }}
      />
      <Textarea
        mt="sm"
        label={t('custodyTerms.body')}
        description={t('custodyTerms.bodyHelp')}
        autosize
        minRows={6}
        value={body}
        error={fieldError(save.error, 'body')}
        onChange={(event) => word(event.currentTarget.value)}
      />
    </Form>
  )
}
