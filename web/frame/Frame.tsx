import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { useLiveUpdates } from '../platform/live.ts'
import { paths } from '../platform/paths.ts'
import { useMay, useSession } from '../platform/session.ts'
import { undoLast } from '../platform/undo.ts'
import { Asked } from '../ui/Asked.tsx'
import { later } from '../ui/later.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './Frame.module.css'
import { Navigation } from './Navigation.tsx'
import { OfflineBar } from './OfflineBar.tsx'

const Palette = later(async () => (await import('./Palette.tsx')).Palette)
const KeyHelp = later(async () => (await import('../ui/KeyHelp.tsx')).KeyHelp)

/** Navigation, the palette, the keys that work everywhere; the page itself in the middle. */
export function Frame() {
  const session = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [palette, openPalette] = useState(false)
  const [help, openHelp] = useState(false)
  const mayOpen = useMay('tickets.open')
  useLiveUpdates(client, session.data !== undefined)
  useKeys(t('keys.everywhere'), [
    { keys: 'ctrl+k', label: t('keys.palette'), run: () => openPalette((open) => !open) },
    { keys: 'c', label: t('ticketNew.title'), run: () => void navigate({ to: paths.newTicket }), off: !mayOpen },
    {
      keys: 'z',
      label: t('keys.undo'),
      run: () => {
        const undone = undoLast()
        if (undone !== null) tellDone(t('undo.done', { what: undone }))
      },
    },
    { keys: '?', label: t('keys.title'), run: () => openHelp(true) },
  ])
  useEffect(() => {
    const search = (): void => openPalette(true)
    window.addEventListener('linchpin:search', search)
    return () => window.removeEventListener('linchpin:search', search)
  }, [])
  return (
    <div className={classes['frame']}>
      <a href="#content" className={classes['skip']}>
        {t('frame.skip')}
      </a>
      <Asked question={session}>
        {() => (
          <>
            <Navigation onSearch={() => openPalette(true)} onKeys={() => openHelp(true)} />
            <main id="content" className={classes['main']} tabIndex={-1}>
              <OfflineBar />
              <div className={classes['page']}>
                <Outlet />
              </div>
            </main>
            {palette && <Palette opened onClose={() => openPalette(false)} />}
            {help && <KeyHelp opened onClose={() => openHelp(false)} />}
          </>
        )}
      </Asked>
    </div>
  )
}
