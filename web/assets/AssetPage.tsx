import { Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Asset, assets } from '../../contract/assets.ts'
import type { Disposal } from '../../contract/disposals.ts'
import { custodies } from '../../contract/custody.ts'
import { commitments } from '../../contract/commitments.ts'
import { MakeDialog } from '../commitments/later.ts'
import { FieldFacts } from '../fields/FieldFacts.tsx'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { money, plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton, useRefusal } from '../ui/ActionButton.tsx'
import { AlertLines } from '../ui/AlertLines.tsx'
import { ClockChip } from '../ui/ClockChip.tsx'
import { CustodyLines } from '../ui/CustodyLines.tsx'
import { DifferenceLines } from '../ui/DifferenceLines.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { later } from '../ui/later.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { AssetHistory } from './AssetHistory.tsx'
import { AssetRelations } from './AssetRelations.tsx'
import classes from './AssetPage.module.css'
import { AssetTabs } from './AssetTabs.tsx'
import { LastAudit } from './LastAudit.tsx'
import { kindWords, moneyWords, StateMark } from './words.tsx'

const AssetForm = later(async () => (await import('./AssetForm.tsx')).AssetForm)
const DisposeDialog = later(async () => (await import('./DisposeDialog.tsx')).DisposeDialog)
const StateDialog = later(async () => (await import('./StateDialog.tsx')).StateDialog)

const crumbs = () => [{ title: t('assets.title'), to: paths.assets }]
const day = (on: string | null) => (on === null ? null : plainDay(on))

export default function AssetPage() {
  const { tag } = useParams({ strict: false }) as { tag: string }
  const asked = useAsk(assets.show, { id: tag })
  if (asked.data !== undefined) return <AssetView asset={asked.data} />
  return (
    <Page title={t('asset.title')} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function AssetView({ asset }: { asset: Asset }) {
  const [open, setOpen] = useState<'edit' | 'state' | 'make' | 'dispose' | null>(null)
  const shut = (): void => setOpen(null)
  const mayReveal = useMay('fields.secrets')
  const reveal = useAct(assets.reveal)
  const noEdit = useRefusal(assets.edit, asset.refusals)
  const noHand = useRefusal(asset.holder === null ? custodies.handOut : custodies.takeBack, asset.refusals)
  const noMove = useRefusal(assets.changeState, asset.refusals)
  useKeys(t('asset.title'), [
    { keys: 'e', label: t('assets.edit'), run: () => setOpen('edit'), off: noEdit !== null },
    { keys: 's', label: t('asset.changeState'), run: () => setOpen('state'), off: noMove !== null },
  ])
  const promised = asset.commitments.filter((c) => c.phase === 'running' || c.phase === 'paused')
  return (
    <Page
      title={asset.name === '' ? `${asset.tag} ${kindWords(asset)}` : `${asset.tag} ${asset.name}`}
      crumbs={crumbs()}
      shape="read"
      figure={<StateMark state={asset.state} />}
      tabs={<AssetTabs tag={asset.tag} current="record" />}
      actions={
        <>
          <ActionButton
            action={assets.changeState}
            refusals={asset.refusals}
            hotkey="s"
            onClick={() => setOpen('state')}
          >
            {t('asset.changeState')}
          </ActionButton>
          {asset.state === 'retired' && (
            <ActionButton action={assets.dispose} refusals={asset.refusals} onClick={() => setOpen('dispose')}>
              {t('disposal.verb')}
            </ActionButton>
          )}
          <ActionButton action={commitments.make} variant="default" onClick={() => setOpen('make')}>
            {t('byHand.make')}
          </ActionButton>
          <ActionButton
            action={assets.edit}
            refusals={asset.refusals}
            variant="default"
            hotkey="e"
            onClick={() => setOpen('edit')}
          >
            {t('edit')}
          </ActionButton>
        </>
      }
    >
      <div>
        <Section title={t('asset.record')}>
          <Facts entries={recordOf(asset)} />
        </Section>
        <AlertLines asset={asset.id} />
        <DifferenceLines of={{ asset: asset.id }} />
        <Section title={t('asset.commitments')}>
          {promised.length === 0 ? (
            <p className="soft">{t('asset.nothingPromised')}</p>
          ) : (
            <Facts
              entries={promised.map((c) => [
                t(`asset.moment.${c.kind as 'warranty_end'}`),
                <span key={c.commitment} className={classes['promise']}>
                  <Link to={paths.commitment(c.commitment)}>{c.title}</Link>
                  <span className="soft">{c.owner.name}</span>
                  <ClockChip face={c} />
                </span>,
              ])}
            />
          )}
        </Section>
        {asset.fields.length > 0 && (
          <Section title={t('asset.fields')}>
            <FieldFacts
              fields={asset.fields}
              reveal={
                mayReveal ? async (field) => String((await reveal.mutateAsync({ id: asset.id, field })).value) : null
              }
            />
          </Section>
        )}
        <Section title={t('asset.money')}>
          <Facts entries={termsOf(asset)} />
        </Section>
        <AssetRelations asset={asset} />
        {asset.disposal !== null && (
          <Section
            title={t('disposal.section')}
            actions={
              <a href={`/api/v1/assets/${asset.id}/certificate.pdf`} download>
                {t('disposal.certificate')}
              </a>
            }
          >
            <Facts entries={endOf(asset.disposal)} />
          </Section>
        )}
        <Section
          title={t('custody.history')}
          actions={
            noHand === null && (
              <Button
                component={Link}
                to={paths.custodyDesk({ do: asset.holder === null ? 'out' : 'back', assets: asset.tag })}
                variant="default"
              >
                {t(asset.holder === null ? 'desk.out' : 'desk.back')}
              </Button>
            )
          }
        >
          <CustodyLines of={{ asset: asset.id }} say="holder" />
        </Section>
        <Section title={t('asset.history')}>
          <AssetHistory id={asset.id} />
        </Section>
      </div>
      {open === 'edit' && <AssetForm asset={asset} onClose={shut} />}
      {open === 'state' && <StateDialog asset={asset} onClose={shut} />}
      {open === 'dispose' && <DisposeDialog asset={asset} onClose={shut} />}
      {open === 'make' && <MakeDialog about={{ kind: 'asset', id: asset.id, name: asset.tag }} onClose={shut} />}
    </Page>
  )
}

function holderLink({ holder }: Asset) {
  if (holder === null) return null
  const to =
    holder.kind === 'person'
      ? paths.person(holder.id)
      : holder.kind === 'asset'
        ? paths.asset(holder.id)
        : paths.assetsOf({ location: holder.id })
  return <Link to={to}>{holder.name}</Link>
}

const recordOf = (asset: Asset): [string, ReactNode][] => [
  [
    t('assets.model'),
    asset.model === null ? null : (
      <Link key="m" to={paths.assetsOf({ model: asset.model.id })}>
        {[kindWords(asset), asset.modelNumber].filter(Boolean).join(' · ')}
      </Link>
    ),
  ],
  [t('assets.category'), `${asset.category.name} · ${t(`assets.class.${asset.class}`)}`],
  [t('assets.serial'), asset.serial],
  [
    t('assets.location'),
    asset.location === null ? null : (
      <Link key="l" to={paths.assetsOf({ location: asset.location.id })}>
        {asset.location.name}
      </Link>
    ),
  ],
  [t('assets.holder'), holderLink(asset)],
  ...(asset.heldSince === null
    ? []
    : [[t('asset.heldSince'), <Moment key="h" at={asset.heldSince} as="nearby" />] as [string, ReactNode]]),
  ...(asset.dueBackOn === null ? [] : [[t('asset.dueBack'), day(asset.dueBackOn)] as [string, ReactNode]]),
  ...(asset.pool === null
    ? []
    : [
        [
          t('asset.pool'),
          <Link key="p" to={paths.assetsOf({ pool: asset.pool.id })}>
            {asset.pool.name}
          </Link>,
        ] as [string, ReactNode],
      ]),
  [
    t('asset.note'),
    asset.note === '' ? null : (
      <span key="n" style={{ whiteSpace: 'pre-wrap' }}>
        {asset.note}
      </span>
    ),
  ],
]

const termsOf = (asset: Asset): [string, ReactNode][] => [
  [t('asset.cost'), moneyWords(asset.cost)],
  ...(asset.depreciation === null
    ? []
    : [
        [
          t('asset.book'),
          t('asset.bookWords', {
            book: moneyWords(asset.depreciation.book) ?? '',
            monthly: moneyWords(asset.depreciation.monthly) ?? '',
            name: asset.depreciation.class,
            day: plainDay(asset.depreciation.endsOn),
          }),
        ] as [string, ReactNode],
      ]),
  [
    t('asset.vendor'),
    asset.vendor === null ? null : (
      <Link key="v" to={paths.vendor(asset.vendor.id)}>
        {asset.vendor.name}
      </Link>
    ),
  ],
  [t('asset.order'), asset.orderNumber],
  [t('asset.purchased'), day(asset.purchasedOn)],
  [t('asset.received'), day(asset.receivedOn)],
  [t('asset.inService'), day(asset.inServiceOn)],
  [t('assets.warranty'), [day(asset.warrantyUntil), asset.warrantyVendor?.name].filter(Boolean).join(' · ')],
  [t('asset.support'), asset.supportTerms],
  [t('asset.lease'), day(asset.leaseUntil)],
  [
    t('asset.endOfLife'),
    asset.endOfLife === null
      ? null
      : t('asset.endOfLifeFrom', { day: plainDay(asset.endOfLife.on), from: asset.endOfLife.from }),
  ],
  [t('asset.nextAudit'), day(asset.nextAuditOn)],
  [t('asset.lastAudit'), <LastAudit key="last" asset={asset} />],
  ...(asset.retiredOn === null ? [] : [[t('asset.retired'), day(asset.retiredOn)] as [string, ReactNode]]),
  ...(asset.disposedOn === null ? [] : [[t('asset.disposed'), day(asset.disposedOn)] as [string, ReactNode]]),
]

const endOf = (disposal: Disposal): [string, ReactNode][] => [
  [t('disposal.number'), disposal.certificate],
  [t('disposal.method'), t(`disposal.method.${disposal.method}`)],
  [t('disposal.recipient'), disposal.recipient],
  [t('disposal.on'), day(disposal.on)],
  [t('disposal.proceeds'), moneyWords(disposal.proceeds)],
  [t('disposal.cost'), moneyWords(disposal.cost)],
  [t('disposal.book'), moneyWords(disposal.book)],
  [
    t('disposal.gain'),
    disposal.gainMinor === null || disposal.book === null ? null : money(disposal.gainMinor, disposal.book.currency),
  ],
  ...disposal.media.map((medium): [string, ReactNode] => [
    t('disposal.mediumOf', { serial: medium.serial }),
    t('disposal.mediumWords', {
      sanitisation: t(`disposal.sanitisation.${medium.sanitisation}`),
      how: t(`disposal.how.${medium.method}`),
      tool: medium.tool,
      by: medium.verifiedBy,
    }),
  ]),
  ...(disposal.noMedia ? [[t('disposal.media'), t('disposal.noMedia')] as [string, ReactNode]] : []),
]
