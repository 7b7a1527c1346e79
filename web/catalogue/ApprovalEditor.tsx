import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { type ApprovalDefinition, type ApprovalStage, type Approver, stageNeeds } from '../../contract/approvals.ts'
import { roles } from '../../contract/permissions.ts'
import { t } from '../platform/i18n.ts'
import { MoneyInput } from '../ui/MoneyInput.tsx'
import classes from './Catalogue.module.css'
import { Ordered } from './Ordered.tsx'
import { WhoField } from './WhoField.tsx'

const usual: ApprovalStage = {
  name: '',
  need: 'all',
  count: 1,
  approvers: [{ kind: 'manager', level: 1 }],
  above: null,
}

/** Who approves: stages in order, each with those who are asked in it. */
export function ApprovalEditor({
  approval,
  currency,
  onChange,
}: {
  approval: ApprovalDefinition | null
  currency: string | null
  onChange: (approval: ApprovalDefinition | null) => void
}) {
  const stages = approval?.stages ?? []
  const rest = { expiresAfterDays: null, answerWithinHours: 16, ...approval }
  const set = (next: ApprovalStage[]): void => onChange(next.length === 0 ? null : { ...rest, stages: next })
  return (
    <>
      {approval === null && <p className="soft">{t('catalogueSetup.noApproval')}</p>}
      <Ordered items={stages} onChange={set} nameOf={(stage) => stage.name}>
        {(stage, change) => <Stage stage={stage} currency={currency} change={change} />}
      </Ordered>
      <Button variant="default" onClick={() => set([...stages, { ...usual, name: t('catalogueSetup.manager') }])}>
        {t('catalogueSetup.addStage')}
      </Button>
      {approval !== null && (
        <div className={classes['row']} style={{ marginTop: 10 }}>
          <NumberInput
            label={t('catalogueSetup.within')}
            min={1}
            max={400}
            value={approval.answerWithinHours}
            onChange={(hours) => onChange({ ...approval, answerWithinHours: Number(hours) || 16 })}
          />
          <NumberInput
            label={t('catalogueSetup.expires')}
            placeholder={t('catalogueSetup.never')}
            min={1}
            max={365}
            value={approval.expiresAfterDays ?? ''}
            onChange={(days) => onChange({ ...approval, expiresAfterDays: typeof days === 'number' ? days : null })}
          />
        </div>
      )}
    </>
  )
}

interface StageProps {
  stage: ApprovalStage
  currency: string | null
  change: (stage: ApprovalStage) => void
}

function Stage({ stage, currency, change }: StageProps) {
  const setApprover = (at: number, one: Approver): void =>
    change({ ...stage, approvers: stage.approvers.map((before, other) => (other === at ? one : before)) })
  return (
    <>
      <div className={classes['row']}>
        <TextInput
          label={t('catalogueSetup.stageName')}
          required
          maxLength={80}
          value={stage.name}
          onChange={(event) => change({ ...stage, name: event.currentTarget.value })}
        />
        <Select
          label={t('catalogueSetup.need')}
          allowDeselect={false}
          data={stageNeeds.map((need) => ({ value: need, label: t(`catalogueSetup.need.${need}`) }))}
          value={stage.need}
          onChange={(need) => change({ ...stage, need: need ?? 'all' })}
        />
        {stage.need === 'count' && (
          <NumberInput
            label={t('catalogueSetup.count')}
            min={1}
            max={20}
            value={stage.count}
            onChange={(count) => change({ ...stage, count: Number(count) || 1 })}
          />
        )}
        {currency !== null && (
          <MoneyInput
            label={t('catalogueSetup.above')}
            value={stage.above}
            error={undefined}
            onChange={(above) => change({ ...stage, above })}
          />
        )}
      </div>
      {stage.approvers.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- what is edited has no identity but its place
        <div key={at} className={classes['row']}>
          <Select
            label={t('catalogueSetup.approver')}
            allowDeselect={false}
            data={(['manager', 'person', 'team', 'role'] as const).map((kind) => ({
              value: kind,
              label: t(`catalogueSetup.approver.${kind}`),
            }))}
            value={one.kind}
            onChange={(kind) =>
              setApprover(
                at,
                kind === 'manager'
                  ? { kind, level: 1 }
                  : kind === 'role'
                    ? { kind, role: 'coordinator' }
                    : { kind: kind ?? 'person', id: '' },
              )
            }
          />
          {one.kind === 'manager' ? (
            <Select
              label={t('catalogueSetup.level')}
              allowDeselect={false}
              data={(['1', '2', '3'] as const).map((level) => ({
                value: level,
                label: t(`catalogueSetup.level.${level}`),
              }))}
              value={String(one.level)}
              onChange={(level) => setApprover(at, { kind: 'manager', level: Number(level) })}
            />
          ) : one.kind === 'role' ? (
            <Select
              label={t('catalogueSetup.role')}
              allowDeselect={false}
              data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
              value={one.role}
              onChange={(role) => setApprover(at, { kind: 'role', role: role ?? 'coordinator' })}
            />
          ) : (
            <WhoField kind={one.kind} id={one.id} onChange={(id) => setApprover(at, { kind: one.kind, id })} />
          )}
          {stage.approvers.length > 1 && (
            <Button
              variant="subtle"
              onClick={() => change({ ...stage, approvers: stage.approvers.filter((_, other) => other !== at) })}
            >
              {t('catalogueSetup.removeApprover')}
            </Button>
          )}
        </div>
      ))}
      <Button
        variant="subtle"
        onClick={() => change({ ...stage, approvers: [...stage.approvers, { kind: 'manager', level: 1 }] })}
      >
        {t('catalogueSetup.addApprover')}
      </Button>
    </>
  )
}
