import { Link } from '@tanstack/react-router'
import { portal } from '../../contract/portal.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { AskedPages, Empty, Sheet, Views } from './kit.tsx'
import { Requests } from './progress.tsx'

/** The reader's requests with how far each is. */
export default function RequestsPage() {
  const [address, change] = useAddress()
  const view = address['view'] === 'all' ? 'all' : 'open'
  const asked = useAskPages(portal.requests, view === 'open' ? { open: true } : {})
  return (
    <Sheet title={t('portal.requests')}>
      <Views
        title={t('portal.requests')}
        views={['open', 'all']}
        view={view}
        onChange={(one) => change({ view: one })}
      />
      <AskedPages
        of={asked}
        empty={
          <Empty title={t('portal.noRequests')}>
            <Link to={paths.portalAsk} className="button">
              {t('portal.ask')}
            </Link>
          </Empty>
        }
      >
        {(items) => <Requests items={items} />}
      </AskedPages>
    </Sheet>
  )
}
