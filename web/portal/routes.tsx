import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { Suspense } from 'react'
import { parseSearch, stringifySearch } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { useMay } from '../platform/session.ts'
import { portalPages, type PortalPageId } from '../portal-pages.ts'
import { piece, type Load } from '../ui/piece.tsx'
import HomePage from './HomePage.tsx'
import { Loading, NoPermission, NotFound } from './kit.tsx'
import { Shell } from './Shell.tsx'

/** Each page but the first is a piece of its own. A page without an entry does not compile. */
const parts: Record<Exclude<PortalPageId, 'portal'>, Load> = {
  'portal-catalogue': () => import('./CataloguePage.tsx'),
  'portal-order': () => import('./OrderPage.tsx'),
  'portal-ask': () => import('./AskPage.tsx'),
  'portal-requests': () => import('./RequestsPage.tsx'),
  'portal-request': () => import('./RequestPage.tsx'),
  'portal-approvals': () => import('./ApprovalsPage.tsx'),
  'portal-approval': () => import('./ApprovalPage.tsx'),
  'portal-incident': () => import('./IncidentPage.tsx'),
  'portal-preview': () => import('./PreviewPage.tsx'),
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })
const routes = portalPages.map(({ id, path, permission, title }) => {
  const Part = id === 'portal' ? HomePage : piece(parts[id])
  const Guarded = () =>
    useMay(permission) ? (
      <Suspense fallback={<Loading />}>
        <Part />
      </Suspense>
    ) : (
      <NoPermission title={t(title)} />
    )
  const component = 'preload' in Part ? Object.assign(Guarded, { preload: Part.preload }) : Guarded
  return createRoute({ getParentRoute: () => root, path, component } as never)
})

export const router = createRouter({
  routeTree: root.addChildren(routes),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
})
