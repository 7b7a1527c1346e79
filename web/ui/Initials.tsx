import classes from './Initials.module.css'

/** A person in 20 px; the name stands beside it or in the title. */
export function Initials({ name }: { name: string }) {
  const words = name.trim().split(/\s+/)
  const letters = ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
  return (
    <span className={classes['initials']} aria-hidden>
      {letters}
    </span>
  )
}

/** Name with initials, cut when the column is narrow. */
export const Named = ({ name }: { name: string }) => (
  <span className={classes['named']} title={name}>
    <Initials name={name} />
    <span className="cut">{name}</span>
  </span>
)
