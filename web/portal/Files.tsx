import { useState } from 'react'
import { uploadFile } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { Failure } from './kit.tsx'

export interface Uploaded {
  id: string
  name: string
}

/** Files, each stored as soon as it is chosen. */
export function Files({
  label = t('portal.attach'),
  value,
  onChange,
}: {
  label?: string
  value: readonly Uploaded[]
  onChange: (files: Uploaded[]) => void
}) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const take = async (list: FileList | null): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const stored: Uploaded[] = []
      for (const file of list ?? []) stored.push(await uploadFile(file))
      onChange([...value, ...stored])
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="field">
      <label>
        {label}
        <input type="file" multiple disabled={busy} onChange={(event) => void take(event.currentTarget.files)} />
      </label>
      {value.length > 0 && (
        <ul className="files">
          {value.map((file) => (
            <li key={file.id}>
              {file.name}{' '}
              <button
                type="button"
                className="small"
                onClick={() => onChange(value.filter((one) => one.id !== file.id))}
              >
                {t('portal.remove')}
                <span className="unseen"> {file.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Failure error={error} />
    </div>
  )
}
