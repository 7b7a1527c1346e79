import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { signOut } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { useLiveUpdates } from '../platform/live.ts'
import { paths } from '../platform/paths.ts'
import { useSession } from '../platform/session.ts'
import { Asked } from './kit.tsx'

const places = [
  { to: paths.portal, title: 'portal.home' },
  { to: paths.portalServices, title: 'portal.services' },
  { to: paths.portalRequests, title: 'portal.requestsShort' },
  { to: paths.portalApprovals, title: 'portal.approvals' },
] as const

const leave = async (): Promise<void> => {
  await signOut()
  window.location.assign(paths.signIn)
}

/** What is around every page of the portal. Staff find the way back to their own. */
export function Shell() {
  const session = useSession()
  const client = useQueryClient()
  useLiveUpdates(client, session.data !== undefined)
  return (
    <div className="shell">
      <a href="#content" className="skip">
        {t('frame.skip')}
      </a>
      <header className="top">
        <Link to={paths.portal} className="brand">
          <img src="/linchpin.svg" alt="" width={22} height={22} /> Linchpin
        </Link>
        <details className="menu">
          <summary>{session.data?.person?.name ?? t('frame.meShort')}</summary>
          <ul>
            <li>
              <a href={paths.myThings}>{t('myThings.title')}</a>
            </li>
            <li>
              <a href={paths.notifications}>{t('portal.notifications')}</a>
            </li>
            <li>
              <a href={paths.settings}>{t('portal.settings')}</a>
            </li>
            {session.data?.permissions.includes('today.read') === true && (
              <li>
                <a href={paths.today}>{t('portal.staff')}</a>
              </li>
            )}
            <li>
              <button type="button" onClick={() => void leave()}>
                {t('frame.signOut')}
              </button>
            </li>
          </ul>
        </details>
      </header>
      <Asked question={session} title={t('portal.title')}>
        {() => (
          <main id="content" tabIndex={-1}>
            <Outlet />
          </main>
        )}
      </Asked>
      <nav className="places" aria-label={t('frame.navigation')}>
        {places.map((place) => (
          <Link
            key={place.to}
            to={place.to}
            activeOptions={{ exact: place.to === paths.portal }}
            activeProps={{ 'data-active': true }}
          >
            {t(place.title)}
          </Link>
        ))}
      </nav>
    </div>
  )
}
