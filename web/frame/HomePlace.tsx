import { Navigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { paths } from '../platform/paths.ts'
import { useSession } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'

/** Where one begins: whoever works here with their day, everybody else in the portal. */
export function HomePlace() {
  const session = useSession()
  return (
    <Asked question={session}>
      {(me) => (me.permissions.includes('today.read') ? <Navigate to={paths.today} replace /> : <ToPortal />)}
    </Asked>
  )
}

/** The portal is an app of its own, so the way there is a page anew. */
function ToPortal() {
  useEffect(() => window.location.replace(paths.portal), [])
  return null
}
