import { Button, Tooltip, type ButtonProps } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import type { Action, RefusalShown } from '../../contract/action.ts'
import { t } from '../platform/i18n.ts'
import { useMay } from '../platform/session.ts'

type Refusals = Record<string, RefusalShown | null>
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Why the server would refuse an action on this record now; null where it would not. */
export const refusalOf = (refusals: Refusals | undefined, action: Action): string | null => {
  const verb = action.name.split('.')[1] ?? action.name
  return (refusals?.[kebab(verb)] ?? refusals?.[camel(verb)])?.sentence ?? null
}

/** The same by the name the record uses, where one action has several (`reply`, `note`). */
export const refusalNamed = (refusals: Refusals | undefined, name: string): string | null =>
  refusals?.[name]?.sentence ?? null

/** The sentence that keeps a control disabled: no permission, or what the server sent with the record. */
export function useRefusal(action: Action, refusals?: Refusals): string | null {
  const allowed = useMay(action.permission)
  return allowed ? refusalOf(refusals, action) : t('refusal.permission')
}

interface Props extends ButtonProps {
  action: Action
  refusals?: Refusals | undefined
  onClick: () => void
  children: ReactNode
  hotkey?: string
}

/** A button that says why it does not work; it stays in the tab order so that the reason can be read. */
export function ActionButton({ action, refusals, onClick, children, hotkey, ...rest }: Props) {
  const why = useRefusal(action, refusals)
  const id = useId()
  return (
    <Tooltip label={why ?? t('keys.press', { key: hotkey ?? '' })} disabled={why === null && hotkey === undefined}>
      <Button
        {...rest}
        {...(why === null ? {} : { 'data-disabled': true, 'aria-disabled': true, 'aria-describedby': id })}
        onClick={(event) => (why === null ? onClick() : event.preventDefault())}
      >
        {children}
        {why !== null && (
          <span id={id} className="unseen">
            {why}
          </span>
        )}
      </Button>
    </Tooltip>
  )
}
