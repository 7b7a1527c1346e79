import type { ReactNode } from 'react'
import classes from './Facts.module.css'

/** Name and value, line by line. An entry without a value shows a dash, so that what is missing can be seen. */
export const Facts = ({ entries }: { entries: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={classes['facts']}>
    {entries.map(([name, value]) => (
      <div key={name} className={classes['fact']}>
        <dt>{name}</dt>
        <dd>{value === null || value === undefined || value === '' ? <span className="soft">–</span> : value}</dd>
      </div>
    ))}
  </dl>
)

/** A titled part of a page that reads. */
export const Section = ({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) => (
  <section className={classes['section']}>
    <div className={classes['head']}>
      <h2>{title}</h2>
      {actions}
    </div>
    {children}
  </section>
)
