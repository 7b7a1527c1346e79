import { Button, Group } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { custodies, type OwnThing } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Facts, Section } from '../ui/Facts.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { AnswerDialog } from './AnswerDialog.tsx'
import classes from './Custody.module.css'

/** One thing the reader has: what it is, since when, until when, on what terms. */
export default function MyThingPage() {
  const { tag = '' } = useParams({ strict: false })
  const asked = useAsk(custodies.showMine, { asset: tag })
  const thing = asked.data
  return (
    <Page
      title={
        thing === undefined ? t('myThing.title') : [thing.tag, thing.name || thing.model].filter(Boolean).join(' ')
      }
      crumbs={[{ title: t('myThings.title'), to: paths.myThings }]}
      shape="read"
      figure={thing === undefined ? undefined : t(`assets.state.${thing.state}`)}
      actions={
        thing !== undefined && (
          <Button component={Link} to={paths.newTicketAbout(thing.tag)} variant="default">
            {t('myThings.report')}
          </Button>
        )
      }
    >
      <Asked question={asked}>{(found) => <Thing thing={found} />}</Asked>
    </Page>
  )
}

function Thing({ thing }: { thing: OwnThing }) {
  const [answering, answer] = useState<boolean | null>(null)
  const { custody } = thing
  return (
    <div>
      <Section title={t('asset.record')}>
        <Facts entries={factsOf(thing)} />
      </Section>
      {custody?.terms != null && custody.terms !== '' && (
        <Section title={t('myThings.terms')}>
          <p className="soft">{t('custody.terms', { acceptance: custody.acceptance })}</p>
          <div className={classes['terms']} tabIndex={0} role="region" aria-label={t('myThings.terms')}>
            {custody.terms}
          </div>
          {custody.refusals['answer'] === null && (
            <Group gap="xs" mt="sm">
              <Button onClick={() => answer(true)}>{t('myThings.accept')}</Button>
              <Button variant="default" onClick={() => answer(false)}>
                {t('myThings.decline')}
              </Button>
            </Group>
          )}
        </Section>
      )}
      {custody !== null && answering !== null && (
        <AnswerDialog custody={custody} accept={answering} onClose={() => answer(null)} />
      )}
    </div>
  )
}

const factsOf = ({
  category,
  model,
  serial,
  partOf,
  inWarranty,
  custody,
}: OwnThing): (readonly [string, ReactNode])[] => [
  [t('myThing.what'), [model, category].filter(Boolean).join(' · ')],
  [t('assets.serial'), serial],
  ...(partOf === null
    ? []
    : [
        [
          t('myThing.partOf'),
          <Link key="of" to={paths.myThing(partOf.tag)}>
            {[partOf.tag, partOf.name].filter(Boolean).join(' ')}
          </Link>,
        ] as const,
      ]),
  ...(custody === null
    ? []
    : ([
        [t('myThing.since'), <Moment key="since" at={custody.from} />],
        [t('myThing.by'), custody.by],
        [
          t('custody.dueBack'),
          custody.dueBackOn === null
            ? t('myThing.noDay')
            : custody.overdue
              ? t('myThing.overdue', { day: plainDay(custody.dueBackOn) })
              : plainDay(custody.dueBackOn),
        ],
      ] as const)),
  [t('myThing.inWarranty'), t('myThing.warranty', { is: inWarranty === null ? 'unknown' : String(inWarranty) })],
]
