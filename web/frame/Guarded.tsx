import type { ReactNode } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import { t, type Key } from '../platform/i18n.ts'
import { useMay } from '../platform/session.ts'
import { Page } from '../ui/Page.tsx'
import { NoPermissionView } from '../ui/StateViews.tsx'

/** A page whose permission the reader lacks says so under its own title. */
export function Guarded({
  permission,
  title,
  children,
}: {
  permission: Permission | 'signed-in'
  title: Key
  children: ReactNode
}) {
  const allowed = useMay(permission)
  return allowed ? (
    children
  ) : (
    <Page title={t(title)}>
      <NoPermissionView />
    </Page>
  )
}
