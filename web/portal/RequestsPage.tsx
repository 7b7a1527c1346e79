import { Link } from '@tanstack/react-router'
import { portal } from '../../contract/portal.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { Asked, Empty, Sheet } from './kit.tsx'
import { Requests } from './progress.tsx'

/** The reader's requests with how far each is. */
export default function RequestsPage() {
  const [address, change] = useAddress()
  const view = address['view'] === 'all' ? 'all' : 'open'
  const asked = useAskPages(portal.requests, view === 'open' ? { open: true } : {})
  return (
    <Sheet title={t('portal.requests')}>
      <div className="views" role="group" aria-label={t('portal.requests')}>
        {(['open', 'all'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={one === view} onClick={() => change({ view: one })}>
            {t(`portal.view.${one}`)}
          </button>
        ))}
      </div>
      <Asked question={{ ...asked, data: asked.data === undefined ? undefined : asked.items }}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('portal.noRequests')}>
              <Link to={paths.portalAsk} className="button">
                {t('portal.ask')}
              </Link>
            </Empty>
          ) : (
            <>
              <Requests items={items} />
              {asked.hasNextPage && (
                <button type="button" onClick={() => void asked.fetchNextPage()}>
                  {t('portal.more')}
                </button>
              )}
            </>
          )
        }
      </Asked>
    </Sheet>
  )
}
