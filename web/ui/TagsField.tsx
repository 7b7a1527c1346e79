import { Button, Group, TextInput } from '@mantine/core'
import { IconScan } from '@tabler/icons-react'
import { useState } from 'react'
import { assets, type AssetRow } from '../../contract/assets.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { later } from './later.tsx'
import classes from './TagsField.module.css'

// the reader of codes is fetched by whoever opens the camera
const ScanDialog = later(async () => (await import('./ScanDialog.tsx')).ScanDialog)

interface Props {
  tags: readonly string[]
  onChange: (tags: readonly string[]) => void
}

/** Assets by tag: typed, read by a scanner that types, or by the camera. Each is shown as what it is. */
export function TagsField({ tags, onChange }: Props) {
  const [typed, type] = useState('')
  const [scanning, scan] = useState(false)
  const add = (text: string): void => {
    const fresh = text
      .split(/[\s,;]+/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !tags.includes(tag))
    if (fresh.length > 0) onChange([...tags, ...fresh])
    type('')
  }
  return (
    <div>
      <Group align="flex-end" gap="xs">
        <TextInput
          style={{ flex: '1 1 220px' }}
          label={t('desk.tags')}
          description={t('desk.tagsHelp')}
          data-autofocus
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add(typed)
          }}
        />
        <Button variant="default" onClick={() => add(typed)} disabled={typed.trim() === ''}>
          {t('desk.add')}
        </Button>
        <Button variant="default" leftSection={<IconScan size={15} aria-hidden />} onClick={() => scan(true)}>
          {t('scan.open')}
        </Button>
      </Group>
      {tags.length > 0 && (
        <ul className={classes['chosen']} aria-label={t('desk.chosen')}>
          {tags.map((tag) => (
            <Chosen key={tag} tag={tag} onRemove={() => onChange(tags.filter((one) => one !== tag))} />
          ))}
        </ul>
      )}
      {scanning && <ScanDialog onFound={add} onClose={() => scan(false)} />}
    </div>
  )
}

/** A thing that was typed or scanned: what it is, or that nobody knows it. */
function Chosen({ tag, onRemove }: { tag: string; onRemove: () => void }) {
  const asked = useAsk(assets.show, { id: tag })
  const words = (row: AssetRow): string =>
    [row.tag, row.name === '' ? row.model?.name : row.name, row.holder?.name].filter(Boolean).join(' · ')
  return (
    <li>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('desk.remove', { tag: asked.data === undefined ? tag : words(asked.data) })}
        onClick={onRemove}
      >
        {asked.data === undefined ? (asked.error === null ? tag : t('desk.unknown', { tag })) : words(asked.data)} ×
      </Button>
    </li>
  )
}
