import { type ReactNode, useId, useState } from 'react'
import { uploadFile } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { Failure } from './kit.tsx'

export interface Uploaded {
  id: string
  name: string
}

/** Whether files of a form are still being stored: what is sent meanwhile would go without them. */
export function useStoring(): [boolean, (busy: boolean) => void] {
  const [count, setCount] = useState(0)
  return [count > 0, (busy) => setCount((n) => n + (busy ? 1 : -1))]
}

interface Props {
  label?: ReactNode
  help?: string
  wrong?: string | undefined
  required?: boolean
  value: readonly Uploaded[]
  /** Of what is there by then: other files may have come or gone while one was stored. */
  onChange: (update: (files: readonly Uploaded[]) => Uploaded[]) => void
  onBusy: (busy: boolean) => void
}

/** Files, each stored as soon as it is chosen. */
export function Files({ label = t('portal.attach'), help = '', wrong, required, value, onChange, onBusy }: Props) {
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const take = async (input: HTMLInputElement): Promise<void> => {
    const chosen = [...(input.files ?? [])]
    setBusy(true)
    onBusy(true)
    setError(null)
    try {
      for (const file of chosen) {
        const stored = await uploadFile(file)
        onChange((files) => [...files, stored])
      }
    } catch (failure) {
      setError(failure)
    } finally {
      // so that the same file can be chosen again
      input.value = ''
      setBusy(false)
      onBusy(false)
    }
  }
  const described = [help === '' ? '' : `${id}-help`, wrong === undefined ? '' : `${id}-wrong`].join(' ').trim()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {help !== '' && (
        <span id={`${id}-help`} className="label">
          {help}
        </span>
      )}
      <input
        id={id}
        type="file"
        multiple
        disabled={busy}
        aria-required={required}
        aria-invalid={wrong !== undefined}
        {...(described === '' ? {} : { 'aria-describedby': described })}
        onChange={(event) => void take(event.currentTarget)}
      />
      {busy && (
        <p role="status" className="label">
          {t('portal.storing')}
        </p>
      )}
      {wrong !== undefined && (
        <span id={`${id}-wrong`} className="wrong">
          {wrong}
        </span>
      )}
      {value.length > 0 && (
        <ul className="files">
          {value.map((file) => (
            <li key={file.id}>
              {file.name}{' '}
              <button
                type="button"
                className="small"
                onClick={() => onChange((files) => files.filter((one) => one.id !== file.id))}
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
