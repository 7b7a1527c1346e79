import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { categories, queues } from '../../contract/queues.ts'
import { ticketRules } from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone } from '../ui/told.ts'
import { emptyDraft, RuleForm } from './RuleForm.tsx'
import { RuleTrial } from './RuleTrial.tsx'

/** A new rule. It rests until it is switched on. */
export default function NewRulePage() {
  const navigate = useNavigate()
  const known = useAsk(queues.list, {})
  useAsk(categories.list, {})
  const [draft, setDraft] = useState(emptyDraft)
  const create = useAct(ticketRules.create, {
    onDone: (rule) => {
      tellDone(t('rules.added'))
      void navigate({ to: paths.rule(rule.id) })
    },
  })
  return (
    <Page title={t('rules.new')} crumbs={[{ title: t('rules.title'), to: paths.rules }]} shape="read">
      <Asked question={known}>
        {() => (
          <div>
            <RuleForm
              draft={draft}
              names={{}}
              verb={t('rules.add')}
              busy={create.isPending}
              error={create.error}
              onChange={setDraft}
              onSubmit={() => create.mutate(draft)}
              onCancel={() => void navigate({ to: paths.rules })}
            />
            <RuleTrial rule={null} conditions={draft.conditions} effects={draft.effects} />
          </div>
        )}
      </Asked>
    </Page>
  )
}
