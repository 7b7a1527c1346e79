import { Alert, Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '../platform/address.ts'
import { signIn, SignInError } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { paths, safeReturn } from '../platform/paths.ts'
import { queryClient } from '../platform/query.ts'
import { Outside } from '../ui/Outside.tsx'
import { SecondFactor } from './SecondFactor.tsx'

/** What the sign-in library answered, as something a person can act on. */
export function signInSentence(error: unknown): string {
  if (!(error instanceof SignInError)) return t('error.offline')
  if (error.status === 429) return t('signIn.tooOften')
  if (error.status >= 500) return t('error.unexpected')
  if (error.status === 423 || /lock/i.test(error.code)) return error.message === '' ? t('signIn.locked') : error.message
  return t('signIn.wrong')
}

export default function SignInPage() {
  const [address] = useAddress()
  const navigate = useNavigate()
  const [email, setEmail] = useState(address['email'] ?? '')
  const [password, setPassword] = useState('')
  const [stay, setStay] = useState(true)
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const enter = (): void => {
    queryClient.clear()
    const to = safeReturn(address['return'])
    // the portal is an app of its own
    if (to.startsWith(paths.portal)) window.location.replace(to)
    else void navigate({ href: to, replace: true } as never)
  }
  const submit = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const answer = await signIn(email.trim(), password, stay)
      if (answer.secondFactor) setStep('code')
      else enter()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  if (step === 'code') return <SecondFactor onDone={enter} onBack={() => setStep('password')} />
  return (
    <Outside
      title={t('signIn.title')}
      subtitle={t(address['return'] === undefined ? 'signIn.help' : 'signIn.helpReturn')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword'), 'aria-hidden': false, tabIndex: 0 }}
        />
        <Checkbox
          size="xs"
          label={t('signIn.stay')}
          checked={stay}
          onChange={(event) => setStay(event.currentTarget.checked)}
        />
        {error !== null && (
          <Alert role="alert" color="orange" variant="light" styles={{ message: { color: 'var(--ink)' } }}>
            {signInSentence(error)}
          </Alert>
        )}
        <Button type="submit" size="sm" fullWidth loading={busy}>
          {t('signIn.verb')}
        </Button>
      </form>
    </Outside>
  )
}
