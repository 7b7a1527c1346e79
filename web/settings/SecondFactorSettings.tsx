import { Alert, Button, Group, Modal, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { disableSecondFactor, enableSecondFactor, SignInError, verifyCode } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { queryClient } from '../platform/query.ts'
import { meKey } from '../platform/session.ts'
import { tellDone } from '../ui/told.ts'

type Step = { at: 'password' } | { at: 'code'; totpURI: string; backupCodes: string[] }

/** Turn the second step on (password, authenticator, a first code, backup codes) or off. */
export function SecondFactorSettings({ on }: { on: boolean }) {
  const [step, setStep] = useState<Step | null>(null)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const shut = (): void => {
    setStep(null)
    setPassword('')
    setCode('')
    setError(null)
  }
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await act()
    } catch (failure) {
      setError(
        failure instanceof SignInError && failure.status < 500
          ? failure.message === ''
            ? t('secondFactor.wrong')
            : failure.message
          : t('error.unexpected'),
      )
    } finally {
      setBusy(false)
    }
  }
  const done = async (said: string): Promise<void> => {
    shut()
    tellDone(said)
    await queryClient.invalidateQueries({ queryKey: meKey })
  }
  const submit = async (): Promise<void> => {
    if (step?.at === 'code')
      await attempt(async () => {
        await verifyCode(code.replaceAll(' ', ''), false)
        await done(t('secondFactor.isOn'))
      })
    else if (on)
      await attempt(async () => {
        await disableSecondFactor(password)
        await done(t('secondFactor.isOff'))
      })
    else await attempt(async () => setStep({ at: 'code', ...(await enableSecondFactor(password)) }))
  }
  const secret = step?.at === 'code' ? (new URL(step.totpURI).searchParams.get('secret') ?? '') : ''
  return (
    <>
      <p style={{ margin: '0 0 8px' }}>{t(on ? 'secondFactor.on' : 'secondFactor.off')}</p>
      <Button variant="default" onClick={() => setStep({ at: 'password' })}>
        {t(on ? 'secondFactor.turnOff' : 'secondFactor.turnOn')}
      </Button>
      <Modal opened={step !== null} onClose={shut} title={t(on ? 'secondFactor.turnOff' : 'secondFactor.turnOn')}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          {step?.at === 'code' ? (
            <>
              <p style={{ marginTop: 0 }}>
                {t('secondFactor.scan')} <a href={step.totpURI}>{t('secondFactor.openApp')}</a>
              </p>
              <TextInput
                readOnly
                label={t('secondFactor.secret')}
                value={secret.replace(/(.{4})/g, '$1 ').trim()}
                onFocus={(event) => event.currentTarget.select()}
              />
              <p className="label" style={{ margin: '12px 0 4px' }}>
                {t('secondFactor.backupCodes')}
              </p>
              <pre style={{ margin: 0, columns: 2 }}>{step.backupCodes.join('\n')}</pre>
              <TextInput
                mt="sm"
                label={t('secondFactor.code')}
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                data-autofocus
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
            </>
          ) : (
            <PasswordInput
              label={t('password.current')}
              autoComplete="current-password"
              required
              data-autofocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
          {error !== null && (
            <Alert mt="sm" role="alert" color="orange" variant="light" styles={{ message: { color: 'var(--ink)' } }}>
              {error}
            </Alert>
          )}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={shut}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t(step?.at === 'code' ? 'secondFactor.confirm' : 'secondFactor.next')}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  )
}
