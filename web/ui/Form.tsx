import { Alert, Button, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { requestIdOf, sentenceOf } from '../platform/failures.ts'

/** What the server said about one field. */
export const fieldError = (error: unknown, path: string): string | undefined =>
  error instanceof ApiError
    ? error.body.fields?.find((field) => field.path === path || field.path.startsWith(`${path}.`))?.message
    : undefined

/** What happened, what is kept, what to do. Says nothing while there is no error. */
export function FailureNote({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null
  const said = sentenceOf(error)
  // one wrong field is the whole of it
  const fields = error instanceof ApiError ? (error.body.fields ?? []).filter((field) => field.message !== said) : []
  const request = requestIdOf(error)
  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      mt="sm"
      icon={<IconAlertTriangle size={16} aria-hidden />}
      title={said}
      styles={{ title: { color: 'var(--ink)' }, message: { color: 'var(--ink)' } }}
    >
      {fields.length > 0 && (
        <ul style={{ margin: '4px 0', paddingInlineStart: 18 }}>
          {fields.map((field) => (
            <li key={field.path}>{field.path === '' ? field.message : `${field.path}: ${field.message}`}</li>
          ))}
        </ul>
      )}
      <span className="label">{request === null ? t('error.kept') : t('error.keptRequest', { request })}</span>
      {error instanceof ApiError && error.status === 401 && (
        <>
          {' '}
          <a href={paths.signIn} target="_blank" rel="noreferrer">
            {t('error.signInAgain')}
          </a>
        </>
      )}
    </Alert>
  )
}

interface Props {
  onSubmit: () => void
  verb: string
  busy: boolean
  error: unknown
  onCancel?: () => void
  disabled?: boolean
  children: ReactNode
}

/** A form: fields, what went wrong, one verb. Enter submits; what was typed stays until the server has it. */
export function Form({ onSubmit, verb, busy, error, onCancel, disabled = false, children }: Props) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy && !disabled) onSubmit()
      }}
    >
      {children}
      <FailureNote error={error} />
      <Group mt="md" gap="xs">
        <Button type="submit" loading={busy} disabled={disabled}>
          {verb}
        </Button>
        {onCancel !== undefined && (
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Group>
    </form>
  )
}
