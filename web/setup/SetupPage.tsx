import { Button, PasswordInput, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { setup } from '../../contract/set-up.ts'
import { useAddress } from '../platform/address.ts'
import { signIn } from '../platform/auth.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { allZones } from '../platform/zones.ts'
import { Outside } from '../ui/Outside.tsx'
import { Asked } from '../ui/Asked.tsx'
import { fieldError, FailureNote } from '../ui/Form.tsx'
import { EmptyView } from '../ui/StateViews.tsx'

const shortest = 12

/** The one-time set-up link: name the organisation, make the first administrator, and be inside. */
export default function SetupPage() {
  const [address] = useAddress()
  const status = useAsk(setup.status, {})
  const navigate = useNavigate()
  const [form, setForm] = useState({
    organisation: '',
    name: '',
    email: '',
    password: '',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  const complete = useAct(setup.complete, {
    onDone: (answer, sent) =>
      void signIn(answer.email, sent.password, true).then(
        () => navigate({ to: paths.today }),
        () => navigate({ to: paths.signIn, search: { email: answer.email } } as never),
      ),
  })
  const short = form.password !== '' && form.password.length < shortest
  return (
    <Outside title={t('setup.title')} subtitle={t('setup.help')}>
      <Asked question={status}>
        {({ needed }) =>
          !needed ? (
            <EmptyView
              title={t('setup.done')}
              actions={<Button onClick={() => void navigate({ to: paths.signIn })}>{t('signIn.verb')}</Button>}
            >
              {t('setup.doneHelp')}
            </EmptyView>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault()
                if (!short) complete.mutate({ token: address['token'] ?? '', ...form })
              }}
            >
              <TextInput
                label={t('setup.organisation')}
                description={t('setup.organisationHelp')}
                required
                autoFocus
                value={form.organisation}
                error={fieldError(complete.error, 'organisation')}
                onChange={(e) => set({ organisation: e.currentTarget.value })}
              />
              <TextInput
                label={t('setup.name')}
                required
                autoComplete="name"
                value={form.name}
                error={fieldError(complete.error, 'name')}
                onChange={(e) => set({ name: e.currentTarget.value })}
              />
              <TextInput
                label={t('signIn.email')}
                type="email"
                required
                autoComplete="username"
                value={form.email}
                error={fieldError(complete.error, 'email')}
                onChange={(e) => set({ email: e.currentTarget.value })}
              />
              <PasswordInput
                label={t('signIn.password')}
                description={t('setup.passwordHelp', { n: shortest })}
                required
                autoComplete="new-password"
                value={form.password}
                error={short ? t('setup.passwordShort', { n: shortest }) : fieldError(complete.error, 'password')}
                onChange={(e) => set({ password: e.currentTarget.value })}
                visibilityToggleButtonProps={{
                  'aria-label': t('signIn.showPassword'),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
              />
              <Select
                label={t('setup.zone')}
                searchable
                data={allZones()}
                value={form.zone}
                onChange={(zone) => set({ zone: zone ?? 'UTC' })}
                limit={60}
              />
              {address['token'] === undefined && <p className="soft">{t('setup.noToken')}</p>}
              <FailureNote error={complete.error} />
              <Button
                type="submit"
                size="sm"
                fullWidth
                loading={complete.isPending}
                disabled={address['token'] === undefined}
              >
                {t('setup.verb')}
              </Button>
            </form>
          )
        }
      </Asked>
    </Outside>
  )
}
