import { Group } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type TicketRule, ticketRules } from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk, useAskPages } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Asked } from '../ui/Asked.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Section } from '../ui/Facts.tsx'
import { Page } from '../ui/Page.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { FiringLines } from '../tickets/FiringLines.tsx'
import { RuleForm, type RuleDraft } from './RuleForm.tsx'
import { RuleTrial } from './RuleTrial.tsx'

/** One rule: what it says, what it would have matched, and what it did. */
export default function RulePage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useAsk(ticketRules.show, { id })
  const rule = asked.data
  const navigate = useNavigate()
  const [removing, remove] = useState(false)
  const edit = useAct(ticketRules.edit)
  const gone = useAct(ticketRules.remove, { onDone: () => void navigate({ to: paths.rules }) })
  return (
    <Page
      title={rule?.name ?? t('rule.title')}
      crumbs={[{ title: t('rules.title'), to: paths.rules }]}
      shape="read"
      figure={rule === undefined ? undefined : t(rule.active ? 'rules.isOn' : 'rules.isOff')}
      actions={
        rule === undefined ? undefined : (
          <Group gap="xs">
            <ActionButton action={ticketRules.remove} variant="default" onClick={() => remove(true)}>
              {t('rules.remove')}
            </ActionButton>
            <ActionButton
              action={ticketRules.edit}
              loading={edit.isPending}
              onClick={() => edit.mutate({ id, version: rule.version, active: !rule.active }, { onError: tellFailed })}
            >
              {t(rule.active ? 'rules.switchOff' : 'rules.switchOn')}
            </ActionButton>
          </Group>
        )
      }
    >
      <Asked question={asked}>
        {(one) => (
          <div>
            <p>{one.sentence}</p>
            <Editor key={one.id} rule={one} />
            <Firings rule={one.id} />
          </div>
        )}
      </Asked>
      {removing && (
        <ConfirmAct
          opened
          title={t('rules.removeTitle', { name: rule?.name ?? '' })}
          verb={t('rules.remove')}
          busy={gone.isPending}
          error={gone.error}
          onConfirm={() => gone.mutate({ id })}
          onClose={() => remove(false)}
        >
          {t('rules.removeHelp')}
        </ConfirmAct>
      )}
    </Page>
  )
}

const draftOf = ({ name, event, waitsSeconds, conditions, effects, stops }: TicketRule): RuleDraft => ({
  name,
  event,
  waitsSeconds,
  conditions,
  effects,
  stops,
})
const isSame = (a: RuleDraft, b: RuleDraft): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is typed stays while the rule is switched on or off; where somebody else changed its words, saving says so. */
function Editor({ rule }: { rule: TicketRule }) {
  const [opened, setOpened] = useState(rule)
  const [draft, setDraft] = useState(() => draftOf(rule))
  const edit = useAct(ticketRules.edit, {
    onDone: (saved) => {
      tellDone(t('rules.saved'))
      setOpened(saved)
      setDraft(draftOf(saved))
    },
  })
  if (rule.version > opened.version && (isSame(draftOf(rule), draftOf(opened)) || isSame(draft, draftOf(opened)))) {
    setOpened(rule)
    if (isSame(draft, draftOf(opened))) setDraft(draftOf(rule))
  }
  return (
    <>
      <RuleForm
        draft={draft}
        names={rule.names}
        verb={t('save')}
        busy={edit.isPending}
        error={edit.error}
        onChange={setDraft}
        onSubmit={() => edit.mutate({ id: rule.id, version: opened.version, ...draft })}
        onCancel={() => setDraft(draftOf(opened))}
      />
      <RuleTrial rule={rule.id} conditions={draft.conditions} effects={draft.effects} />
    </>
  )
}

function Firings({ rule }: { rule: string }) {
  const list = useAskPages(ticketRules.firings, { id: rule, limit: 20 })
  return (
    <Section title={t('rules.did')}>
      <AskedPages of={list} empty={t('rules.didNothing')}>
        {(items) => <FiringLines firings={items} names="ticket" />}
      </AskedPages>
    </Section>
  )
}
