import { useParams } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { people, type Person } from '../../contract/people.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { CustodyLines } from '../ui/CustodyLines.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'
import { DeactivateDialog } from './DeactivateDialog.tsx'
import { EditPerson } from './EditPerson.tsx'
import { MailComesBack } from './MailComesBack.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { personKindWord, roleWord } from './words.ts'

const crumbs = () => [{ title: t('people.title'), to: paths.people }]

export default function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(people.show, { id })
  if (asked.data !== undefined) return <PersonView person={asked.data} />
  return (
    <Page title={t('person.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

/** What the person has and had, for those who read the register. */
function Holdings({ person }: { person: string }) {
  const mayRead = useMay('assets.read')
  if (!mayRead) return null
  return (
    <Section title={t('custody.holdings')}>
      <CustodyLines of={{ holder: person }} say="thing" />
    </Section>
  )
}

function PersonView({ person }: { person: Person }) {
  const [open, setOpen] = useState<'edit' | 'invite' | 'role' | 'deactivate' | null>(null)
  const shut = (): void => setOpen(null)
  const unlock = useAct(people.unlock, { onDone: () => tellDone(t('person.unlocked')) })
  const reactivate = useAct(people.reactivate, {
    onDone: () => tellDone(t('person.reactivated', { name: person.name })),
  })
  const { account, refusals } = person
  const link = (p: { id: string; name: string } | null) =>
    p === null ? null : <Link to={paths.person(p.id)}>{p.name}</Link>
  return (
    <Page
      title={person.name}
      crumbs={crumbs()}
      shape="read"
      figure={person.active ? (account === null ? t('people.noAccount') : roleWord(account.role)) : t('people.left')}
      actions={
        <>
          <ActionButton action={people.edit} refusals={refusals} variant="default" onClick={() => setOpen('edit')}>
            {t('edit')}
          </ActionButton>
          {person.active ? (
            <ActionButton
              action={people.deactivate}
              refusals={refusals}
              variant="default"
              onClick={() => setOpen('deactivate')}
            >
              {t('person.deactivate')}
            </ActionButton>
          ) : (
            <ActionButton
              action={people.reactivate}
              refusals={refusals}
              onClick={() => reactivate.mutate({ id: person.id }, { onError: tellFailed })}
            >
              {t('person.reactivate')}
            </ActionButton>
          )}
        </>
      }
    >
      <div>
        <MailComesBack person={person.id} />
        <Section title={t('person.record')}>
          <Facts
            entries={[
              [t('people.email'), person.emails.join(', ')],
              [t('people.kind'), personKindWord(person.kind)],
              [t('people.department'), person.department],
              [t('people.site'), person.site],
              [t('people.manager'), link(person.manager)],
              ...(person.sponsor === null ? [] : [[t('people.sponsor'), link(person.sponsor)] as const]),
              [t('people.skills'), person.skills.map(({ name }) => name).join(', ')],
              [t('people.phone'), person.phone],
              [t('people.jobTitle'), person.jobTitle],
              [t('people.username'), person.username],
              [t('people.employeeNumber'), person.employeeNumber],
              [t('people.costCentre'), person.costCentre],
              [t('people.starts'), person.startsOn === null ? null : plainDay(person.startsOn)],
              [t('people.ends'), person.endsOn === null ? null : plainDay(person.endsOn)],
              [
                t('teams.title'),
                person.teams.length === 0
                  ? null
                  : person.teams.map((team, i) => (
                      <span key={team.id}>
                        {i > 0 && ', '}
                        <Link to={paths.team(team.id)}>{team.name}</Link>
                      </span>
                    )),
              ],
            ]}
          />
        </Section>
        <Section
          title={t('person.account')}
          actions={
            <>
              {account?.status === 'locked' && (
                <ActionButton
                  action={people.unlock}
                  refusals={refusals}
                  variant="default"
                  onClick={() => unlock.mutate({ id: person.id }, { onError: tellFailed })}
                >
                  {t('person.unlock')}
                </ActionButton>
              )}
              {account !== null && account.status !== 'disabled' && (
                <ActionButton
                  action={people.changeRole}
                  refusals={refusals}
                  variant="default"
                  onClick={() => setOpen('role')}
                >
                  {t('person.changeRole')}
                </ActionButton>
              )}
              {person.active && (
                <ActionButton
                  action={people.invite}
                  refusals={refusals}
                  variant="default"
                  onClick={() => setOpen('invite')}
                >
                  {t(account === null ? 'person.invite' : 'person.newLink')}
                </ActionButton>
              )}
            </>
          }
        >
          {account === null ? (
            <p className="soft">{t('person.noAccountHelp')}</p>
          ) : (
            <Facts
              entries={[
                [t('people.role'), roleWord(account.role)],
                [t('person.status'), t(`account.${account.status}`)],
                [
                  t('person.lastSignIn'),
                  account.lastSignInAt === null ? t('person.never') : <Moment key="last" at={account.lastSignInAt} />,
                ],
                [t('person.secondFactor'), t(account.secondFactor ? 'yes' : 'no')],
              ]}
            />
          )}
        </Section>
        <Holdings person={person.id} />
        <Section title={t('person.work')}>
          <Facts
            entries={[
              [
                t('person.openTickets'),
                <Link key="t" to={paths.tickets} search={{ view: 'open', assignee: person.id }}>
                  {person.openTickets}
                </Link>,
              ],
              [
                t('person.asked'),
                <Link key="a" to={paths.tickets} search={{ view: 'all', requester: person.id }}>
                  {t(`person.seeAsked`)}
                </Link>,
              ],
            ]}
          />
        </Section>
      </div>
      {open === 'edit' && <EditPerson person={person} onClose={shut} />}
      {(open === 'invite' || open === 'role') && <InviteDialog person={person} what={open} onClose={shut} />}
      {open === 'deactivate' && <DeactivateDialog person={person} onClose={shut} />}
    </Page>
  )
}
