import { Alert, Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { SignInError, verifyBackupCode, verifyCode } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { Outside } from '../ui/Outside.tsx'

/** The six figures of the authenticator, or one of the backup codes. */
export function SecondFactor({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const [code, setCode] = useState('')
  const [backup, setBackup] = useState(false)
  const [trust, setTrust] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      await (backup ? verifyBackupCode(code.trim(), trust) : verifyCode(code.replaceAll(' ', ''), trust))
      onDone()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Outside title={t('secondFactor.title')} subtitle={t(backup ? 'secondFactor.backupHelp' : 'secondFactor.help')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextInput
          key={String(backup)}
          label={t(backup ? 'secondFactor.backupCode' : 'secondFactor.code')}
          inputMode={backup ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          required
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label={t('secondFactor.trust')}
          checked={trust}
          onChange={(event) => setTrust(event.currentTarget.checked)}
        />
        {error !== null && (
          <Alert role="alert" color="orange" variant="light" styles={{ message: { color: 'var(--ink)' } }}>
            {error instanceof SignInError && error.status < 500
              ? error.status === 429
                ? t('signIn.tooOften')
                : t('secondFactor.wrong')
              : t('error.unexpected')}
          </Alert>
        )}
        <Button type="submit" size="sm" fullWidth loading={busy}>
          {t('signIn.verb')}
        </Button>
        <Button
          variant="subtle"
          onClick={() => {
            setBackup(!backup)
            setCode('')
            setError(null)
          }}
        >
          {t(backup ? 'secondFactor.useCode' : 'secondFactor.useBackup')}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {t('secondFactor.back')}
        </Button>
      </form>
    </Outside>
  )
}
