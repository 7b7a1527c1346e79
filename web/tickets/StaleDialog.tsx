import { Button, Group, Modal, Radio } from '@mantine/core'
import { useState } from 'react'
import type { Ticket } from '../../contract/tickets.ts'
import { t, tOr } from '../platform/i18n.ts'
import { RichTextView } from '../ui/RichTextView.tsx'
import classes from './StaleDialog.module.css'

export interface Stale {
  current: Ticket
  sent: Record<string, unknown>
  differs: string[]
  settle: (ticket: Ticket | null) => void
  resend: (fields: Record<string, unknown>) => Promise<Ticket | null>
}

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return t('stale.nothing')
  if (typeof value === 'object') return 'name' in value ? String(value.name) : JSON.stringify(value)
  return typeof value === 'string' ? tOr(`ticket.state.${value}`, value) : String(value)
}

/** Someone changed the ticket meanwhile: both versions, field by field, and the reader chooses. */
export function StaleDialog({ stale, onClose }: { stale: Stale; onClose: (ticket: Ticket | null) => void }) {
  const current = stale.current as unknown as Record<string, unknown>
  const fields = Object.keys(stale.sent).filter(
    (name) => !['id', 'version', 'attachments'].includes(name) && stale.sent[name] !== undefined,
  )
  const others = stale.differs.filter((name) => !fields.includes(name))
  const [mine, setMine] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(fields.map((name) => [name, true])),
  )
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    const kept = fields.filter((name) => mine[name] === true)
    if (kept.length === 0 && fields.length > 0) return onClose(null)
    setBusy(true)
    const dropped = Object.fromEntries(fields.filter((name) => mine[name] !== true).map((name) => [name, undefined]))
    const ticket = await stale.resend({ ...dropped, version: stale.current.version })
    setBusy(false)
    if (ticket !== null) onClose(ticket)
  }
  return (
    <Modal
      opened
      onClose={() => onClose(null)}
      title={t('stale.title', { reference: stale.current.reference })}
      size="lg"
    >
      <p className="soft">{t('stale.help')}</p>
      {fields.map((name) => (
        <fieldset key={name} className={classes['field']}>
          <legend>{tOr(`ticket.field.${name}`, name)}</legend>
          {(['theirs', 'mine'] as const).map((side) => {
            const value = side === 'mine' ? stale.sent[name] : current[name]
            const rich = name === 'description' || name === 'resolution' || name === 'body'
            return (
              <label key={side} className={classes['side']} data-chosen={(side === 'mine') === mine[name]}>
                <Radio
                  size="xs"
                  name={name}
                  checked={(side === 'mine') === mine[name]}
                  onChange={() => setMine({ ...mine, [name]: side === 'mine' })}
                  label={t(side === 'mine' ? 'stale.mine' : 'stale.theirs')}
                />
                <div className={classes['value']}>
                  {rich ? <RichTextView html={String(value ?? '')} /> : shown(value)}
                </div>
              </label>
            )
          })}
        </fieldset>
      ))}
      {others.length > 0 && (
        <div className={classes['others']}>
          <p className="soft">{t('stale.alsoChanged')}</p>
          <ul>
            {others.map((name) => (
              <li key={name}>
                {tOr(`ticket.field.${name}`, name)}: {shown(current[name])}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => onClose(null)}>
          {t('stale.keepTheirs')}
        </Button>
        <Button loading={busy} onClick={() => void save()}>
          {t('stale.save')}
        </Button>
      </Group>
    </Modal>
  )
}
