import { Link } from '@tanstack/react-router'
import { IconChevronRight } from '@tabler/icons-react'
import { useEffect, type ReactNode } from 'react'
import classes from './Page.module.css'

export interface Crumb {
  title: string
  to: string
}

interface Props {
  title: string
  /** Shown in place of the plain title; `title` still names the document. */
  heading?: ReactNode
  crumbs?: readonly Crumb[]
  /** The one figure that matters. */
  figure?: ReactNode
  actions?: ReactNode
  tabs?: ReactNode
  /** `fill`: the content scrolls by itself (tables, conversations). `read`: a column of text and forms. */
  shape?: 'fill' | 'read' | 'wide'
  children: ReactNode
}

/** Every page: breadcrumb, heading and document title from the same words. */
export function Page({ title, heading, crumbs = [], figure, actions, tabs, shape = 'wide', children }: Props) {
  const trail = [title, ...crumbs.map((crumb) => crumb.title).reverse()].join(' · ')
  useEffect(() => {
    document.title = `${trail} · Linchpin`
  }, [trail])
  return (
    <div className={classes['page']}>
      <header className={classes['header']}>
        <div className={classes['headline']}>
          {crumbs.length > 0 && (
            <nav aria-label={title} className={classes['crumbs']}>
              {crumbs.map((crumb) => (
                <span key={crumb.to} className={classes['crumb']}>
                  <Link to={crumb.to} className={classes['crumbLink']}>
                    {crumb.title}
                  </Link>
                  <IconChevronRight size={13} aria-hidden />
                </span>
              ))}
            </nav>
          )}
          <h1 className={classes['title']}>{heading ?? title}</h1>
          {figure !== undefined && <div className={classes['figure']}>{figure}</div>}
        </div>
        {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
      </header>
      {tabs}
      <div
        className={classes['body']}
        data-shape={shape}
        {...(shape === 'fill' ? {} : { tabIndex: 0, role: 'region', 'aria-label': title })}
      >
        {children}
      </div>
    </div>
  )
}
