import type { Ask } from '../../contract/attestations.ts'
import { attestations } from '../../contract/attestations.ts'
import { MyThingsTabs } from '../custody/MyThingsTabs.tsx'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Section } from '../ui/Facts.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { AskList } from './AskList.tsx'

/** What the reader is asked: are these still yours? Made for a phone. */
export default function MyCheckPage() {
  const asked = useAsk(attestations.mine, {})
  return (
    <Page title={t('myCheck.title')} shape="read" tabs={<MyThingsTabs current="check" />}>
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('myCheck.empty')}>{t('myCheck.emptyHelp')}</EmptyView>
          ) : (
            <div>
              {items.map((ask) => (
                <OneAsk key={ask.id} ask={ask} />
              ))}
            </div>
          )
        }
      </Asked>
    </Page>
  )
}

function OneAsk({ ask }: { ask: Ask }) {
  const act = useAct(attestations.answer)
  return (
    <Section title={ask.campaign.name}>
      {ask.campaign.note !== '' && <p style={{ whiteSpace: 'pre-wrap' }}>{ask.campaign.note}</p>}
      <p>{t('myCheck.by', { day: plainDay(ask.campaign.dueOn) })}</p>
      <AskList
        ask={ask}
        busy={act.isPending}
        error={act.error}
        onSay={(said, then) => act.mutate({ id: ask.id, ...said }, { onSuccess: () => then?.() })}
      />
    </Section>
  )
}
