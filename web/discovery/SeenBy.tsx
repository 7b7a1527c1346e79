import { Link } from '@tanstack/react-router'
import type { Answer } from '../../contract/action.ts'
import type { devices } from '../../contract/devices.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { Moment } from '../ui/Moment.tsx'
import { SeenSections } from './SeenSections.tsx'

type Seen = Answer<typeof devices.show>['seen']

/** What each agent of a device sees. */
export function SeenBy({ seen }: { seen: Seen }) {
  if (seen.length === 0) return <p className="soft">{t('seen.nobody')}</p>
  return seen.map(({ agent, sections }) => (
    <div key={agent.id}>
      <h2 style={{ fontSize: 16, marginTop: 28 }}>
        <Link to={paths.agent(agent.id)}>{agent.client ?? agent.sentId}</Link>{' '}
        <span className="label">
          <Moment at={agent.lastSeenAt} as="nearby" />
        </span>
      </h2>
      <SeenSections sections={sections} />
    </div>
  ))
}
