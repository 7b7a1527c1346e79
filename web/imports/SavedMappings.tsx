import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { imports } from '../../contract/imports.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { FailureNote } from '../ui/Form.tsx'

interface Props {
  source: string
  /** What would be saved; undefined: nothing differs from the headers. */
  mapping: Record<string, string> | undefined
  onUse: (mapping: Record<string, string>) => void
}

/** Mappings by name: used, saved, forgotten. */
export function SavedMappings({ source, mapping, onUse }: Props) {
  const saved = useAsk(imports.mappings, { source })
  const [used, setUsed] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const save = useAct(imports.saveMapping, { onDone: (one) => (setTold(one.name), setUsed(one.id), setName('')) })
  const forget = useAct(imports.forgetMapping, { onDone: () => setUsed(null) })
  const items = saved.data?.items ?? []
  return (
    <div>
      <div style={{ display: 'flex', gap: 8, alignItems: 'end', flexWrap: 'wrap' }}>
        {items.length > 0 && (
          <>
            <Select
              label={t('importNew.saved')}
              data={items.map((one) => ({ value: one.id, label: one.name }))}
              placeholder={t('importNew.savedNone')}
              value={used}
              clearable
              clearButtonProps={{ 'aria-label': t('clear') }}
              onChange={(id) => {
                setUsed(id)
                onUse(items.find((one) => one.id === id)?.mapping ?? {})
              }}
            />
            {used !== null && (
              <Button variant="default" loading={forget.isPending} onClick={() => forget.mutate({ id: used })}>
                {t('importNew.mappingForget')}
              </Button>
            )}
          </>
        )}
        {mapping !== undefined && (
          <>
            <TextInput
              label={t('importNew.mappingName')}
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              variant="default"
              disabled={name.trim() === ''}
              loading={save.isPending}
              onClick={() => save.mutate({ source, name, mapping })}
            >
              {t('importNew.mappingSave')}
            </Button>
          </>
        )}
      </div>
      {told !== null && (
        <p role="status" className="soft" style={{ margin: '6px 0 0' }}>
          {t('importNew.mappingSaved', { name: told })}
        </p>
      )}
      <FailureNote error={save.error ?? forget.error ?? saved.error} />
    </div>
  )
}
