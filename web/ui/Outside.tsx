import { useEffect, type ReactNode } from 'react'
import classes from './Outside.module.css'

/** A page for those who are not signed in: one card, one verb. */
export function Outside({ title, subtitle, children }: { title: string; subtitle?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Linchpin`
  }, [title])
  return (
    <main className={classes['outside']}>
      <div className={classes['card']}>
        <div className={classes['brand']}>
          <img src="/linchpin.svg" alt="" width={28} height={28} />
          <span>Linchpin</span>
        </div>
        <h1 className={classes['title']}>{title}</h1>
        {subtitle !== undefined && <p className={classes['subtitle']}>{subtitle}</p>}
        {children}
      </div>
    </main>
  )
}
