import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { setup } from '../../contract/set-up.ts'
import { signIn } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { absolute } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { Outside } from '../ui/Outside.tsx'
import { Asked } from '../ui/Asked.tsx'
import { fieldError, FailureNote } from '../ui/Form.tsx'

const shortest = 12

/** An invitation: choose a password, and be inside. */
export default function InvitationPage() {
  const { token } = useParams({ strict: false }) as { token: string }
  const invited = useAsk(setup.invitation, { token })
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const accept = useAct(setup.accept, {
    onDone: (answer) =>
      void signIn(answer.email, password, true).then(
        () => navigate({ to: paths.today }),
        () => navigate({ to: paths.signIn, search: { email: answer.email } } as never),
      ),
  })
  const short = password !== '' && password.length < shortest
  return (
    <Outside
      title={t('invitation.title')}
      {...(invited.data === undefined
        ? {}
        : { subtitle: t('invitation.help', { name: invited.data.name, organisation: invited.data.organisation }) })}
    >
      <Asked question={invited}>
        {(invitation) => (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (!short) accept.mutate({ token, password })
            }}
          >
            <TextInput label={t('signIn.email')} value={invitation.email} readOnly autoComplete="username" />
            <PasswordInput
              label={t('signIn.password')}
              description={t('setup.passwordHelp', { n: shortest })}
              required
              autoFocus
              autoComplete="new-password"
              value={password}
              error={short ? t('setup.passwordShort', { n: shortest }) : fieldError(accept.error, 'password')}
              onChange={(e) => setPassword(e.currentTarget.value)}
              visibilityToggleButtonProps={{
                'aria-label': t('signIn.showPassword'),
                'aria-hidden': false,
                tabIndex: 0,
              }}
            />
            <p className="label">{t('invitation.expires', { at: absolute(invitation.expiresAt) })}</p>
            <FailureNote error={accept.error} />
            <Button type="submit" size="sm" fullWidth loading={accept.isPending}>
              {t('invitation.verb')}
            </Button>
          </form>
        )}
      </Asked>
    </Outside>
  )
}
