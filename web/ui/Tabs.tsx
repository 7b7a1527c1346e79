import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './Tabs.module.css'

export interface ViewTab {
  id: string
  title: string
  count?: ReactNode
  search?: Record<string, string>
  to?: string
}

interface Props {
  label: string
  tabs: readonly ViewTab[]
  current: string
  /** What is done with the views; stays in sight while the tabs are scrolled. */
  end?: ReactNode
}

/** Saved views as links: each has an address, the present one is named for screen readers. */
export function ViewTabs({ label, tabs, current, end }: Props) {
  const row = useRef<HTMLElement>(null)
  // where the tabs do not fit, the present one is in sight
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>('[data-current="true"]')
    if (tab != null) row.current?.scrollTo({ left: tab.offsetLeft - (row.current.clientWidth - tab.offsetWidth) / 2 })
  }, [current, tabs.length])
  const links = (
    <nav ref={row} aria-label={label} className={classes['tabs']}>
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          to={tab.to ?? '.'}
          search={(tab.search ?? {}) as never}
          replace
          className={classes['tab']}
          {...(tab.id === current ? { 'aria-current': 'page' as const } : {})}
          data-current={tab.id === current}
        >
          {tab.title}
          {tab.count !== undefined && <span className={classes['count']}>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
  if (end === undefined) return links
  return (
    <div className={classes['bar']}>
      {links}
      {end}
    </div>
  )
}
