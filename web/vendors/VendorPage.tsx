import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { commitments } from '../../contract/commitments.ts'
import { tickets } from '../../contract/tickets.ts'
import { vendors, type Vendor } from '../../contract/vendors.ts'
import { MakeDialog } from '../commitments/later.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { ClockChip } from '../ui/ClockChip.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { VendorForm } from './VendorForm.tsx'

const crumbs = () => [{ title: t('vendors.title'), to: paths.vendors }]

export default function VendorPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(vendors.show, { id })
  if (asked.data !== undefined) return <VendorView vendor={asked.data} />
  return (
    <Page title={t('vendor.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function VendorView({ vendor }: { vendor: Vendor }) {
  const [editing, edit] = useState(false)
  const [making, make] = useState(false)
  const promised = useAsk(commitments.list, { subject: vendor.id, limit: 50 })
  const waiting = useAsk(tickets.list, { open: true, vendor: vendor.id, sort: 'due', limit: 50 })
  const rows = waiting.data?.items ?? []
  return (
    <Page
      title={vendor.name}
      crumbs={crumbs()}
      shape="read"
      figure={vendor.active ? undefined : t('vendors.retired')}
      actions={
        <>
          <ActionButton action={commitments.make} variant="default" onClick={() => make(true)}>
            {t('byHand.make')}
          </ActionButton>
          <ActionButton action={vendors.edit} refusals={vendor.refusals} variant="default" onClick={() => edit(true)}>
            {t('edit')}
          </ActionButton>
        </>
      }
    >
      <div>
        <Section title={t('vendors.record')}>
          <Facts
            entries={[
              [
                t('vendors.email'),
                vendor.email === null ? null : (
                  <a key="e" href={`mailto:${vendor.email}`}>
                    {vendor.email}
                  </a>
                ),
              ],
              [t('vendors.phone'), vendor.phone],
              [
                t('calendar.title'),
                vendor.calendar === null ? null : (
                  <Link key="c" to={paths.calendar(vendor.calendar.id)}>
                    {vendor.calendar.name}
                  </Link>
                ),
              ],
              [t('vendors.note'), vendor.note],
            ]}
          />
        </Section>
        {(promised.data?.items ?? []).length > 0 && (
          <Section title={t('commitments.title')}>
            <Facts
              entries={(promised.data?.items ?? []).map((row) => [
                row.byHand?.reference ?? '',
                <span key={row.id} style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
                  <Link to={paths.commitment(row.byHand?.reference ?? row.id)}>{row.byHand?.title}</Link>
                  <span className="soft">{row.owner.name}</span>
                  <ClockChip face={row} />
                </span>,
              ])}
            />
          </Section>
        )}
        <Section title={t('vendors.waiting')}>
          {rows.length === 0 ? (
            <p className="soft">{t('vendors.nothingWaits')}</p>
          ) : (
            <Facts
              entries={rows.map((row) => [
                row.reference,
                <span key={row.id} style={{ display: 'flex', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
                  <Link to={paths.ticket(row.reference)}>{row.title}</Link>
                  <span className="soft">{t(`ticket.state.${row.state}`)}</span>
                  <ClockChip face={row.due} />
                </span>,
              ])}
            />
          )}
        </Section>
      </div>
      {making && (
        <MakeDialog about={{ kind: 'vendor', id: vendor.id, name: vendor.name }} onClose={() => make(false)} />
      )}
      {editing && <VendorForm vendor={vendor} onClose={() => edit(false)} />}
    </Page>
  )
}
