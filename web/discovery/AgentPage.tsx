import { Link, useParams } from '@tanstack/react-router'
import { type Agent, agents, inventories } from '../../contract/discovery.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { Report } from './Report.tsx'
import { SeenSections } from './SeenSections.tsx'
import { discoveryCrumb } from './tabs.tsx'
import { dialectWord } from './words.tsx'

/** One agent: what it last reported, and the reports kept of it. */
export default function AgentPage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useAsk(agents.show, { id })
  return (
    <Page
      title={asked.data?.device.name || t('agent.title')}
      crumbs={[discoveryCrumb(), { title: t('agents.title'), to: paths.agents }]}
      shape="read"
    >
      <Asked question={asked}>
        {(agent) => (
          <div>
            <Section title={t('agent.record')}>
              <Facts
                entries={[
                  [
                    t('agents.device'),
                    <Link key="device" to={paths.device(agent.device.id)}>
                      {agent.device.name === '' ? t('devices.nameless') : agent.device.name}
                    </Link>,
                  ],
                  [t('agents.client'), agent.client],
                  [t('agents.dialect'), dialectWord(agent.dialect)],
                  [t('agents.sentId'), agent.sentId],
                  [t('agents.tag'), agent.tag],
                  [t('agents.key'), agent.key?.name],
                  [t('devices.address'), agent.address],
                  [t('agents.programs'), agent.programs === null ? null : number(agent.programs)],
                  [t('devices.firstSeen'), <Moment key="first" at={agent.firstSeenAt} />],
                  [t('agents.changed'), <Moment key="changed" at={agent.changedAt} />],
                  [t('devices.lastSeen'), <Moment key="last" at={agent.lastSeenAt} />],
                ]}
              />
            </Section>
            <Section title={t('agents.reports')}>
              <Reports agent={agent} />
            </Section>
            <SeenSections sections={agent.sections} />
          </div>
        )}
      </Asked>
    </Page>
  )
}

function Reports({ agent }: { agent: Agent }) {
  const list = useAskPages(inventories.list, { agent: agent.id, limit: 50 })
  const mayManage = useMay('discovery.manage')
  if (list.data === undefined)
    return list.error === null ? (
      <Loading rows={3} />
    ) : (
      <ErrorView error={list.error} onRetry={() => void list.refetch()} />
    )
  return list.items.map((report) => <Report key={report.id} report={report} mayTakeIt={mayManage} />)
}
