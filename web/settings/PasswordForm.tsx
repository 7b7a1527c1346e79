import { Alert, Button, PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { changePassword, SignInError } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { queryClient } from '../platform/query.ts'
import { tellDone } from '../ui/told.ts'

const shortest = 12
const toggle = () => ({
  visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword'), 'aria-hidden': false as const, tabIndex: 0 },
})

/** A new password ends every other session. */
export function PasswordForm() {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const short = next !== '' && next.length < shortest
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await changePassword(current, next)
      setCurrent('')
      setNext('')
      tellDone(t('password.changed'))
      await queryClient.invalidateQueries({ queryKey: ['me.sessions'] })
    } catch (failure) {
      setError(
        failure instanceof SignInError && failure.status < 500
          ? failure.message === ''
            ? t('password.wrong')
            : failure.message
          : t('error.unexpected'),
      )
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      style={{ maxWidth: 420 }}
      onSubmit={(event) => {
        event.preventDefault()
        if (!short && next !== '') void save()
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          {...toggle()}
        />
        <PasswordInput
          label={t('password.next')}
          description={t('setup.passwordHelp', { n: shortest })}
          autoComplete="new-password"
          required
          value={next}
          error={short ? t('setup.passwordShort', { n: shortest }) : undefined}
          onChange={(event) => setNext(event.currentTarget.value)}
          {...toggle()}
        />
        {error !== null && (
          <Alert role="alert" color="orange" variant="light" styles={{ message: { color: 'var(--ink)' } }}>
            {error}
          </Alert>
        )}
        <div>
          <Button type="submit" variant="default" loading={busy}>
            {t('password.verb')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
