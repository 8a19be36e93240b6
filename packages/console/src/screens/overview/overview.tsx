import { useMemo } from 'react';
import { Temporal } from 'temporal-polyfill';
import { useSay } from '../../language/language.js';
import { CampaignPicker, useCampaign } from '../../operation/campaign-picker.js';
import { useOperation } from '../../operation/operation.js';
import { Screen } from '../../parts/screen.js';
import { daysFrom, type Period } from '../../period/period.js';
import { PeriodPicker } from '../../period/period-picker.js';
import { usePeriod } from '../../period/use-period.js';
import { useWhere } from '../../where/where.js';
import { AsOf } from './as-of.js';
import { dayAfter } from './calendar.js';
import { DayPanel } from './day-panel.js';
import { GoingOn } from './going-on.js';
import { HeatPanel } from './heat-panel.js';
import './overview.css';
import { NothingDialed } from './nothing-dialed.js';
import { PeriodPanel } from './period-panel.js';
import { SidesPanel } from './sides-panel.js';
import { TroublesPanel } from './troubles-panel.js';
import { TrunkDialog } from './trunk-dialog.js';
import { useTrend } from './use-trend.js';

const WORDS = { title: { en: 'Overview', es: 'Resumen' } } as const;

/** What is usual comes from so many days: four weeks and a day, and as many as the period has that is shown first, so that one call does. */
const USUAL_DAYS = 30;

const HOUR_MS = 3_600_000;

/**
 * The first screen: how today goes, how the period went, and what stands out. Each panel asks for what it shows. Those that show the same
 * rows ask once, and what has to be learned first is asked for last.
 */
export default function Overview() {
  const say = useSay();
  const { time_zone } = useOperation();
  const period = usePeriod(); // which also draws this anew with each minute, so that the hour below is the present one
  const campaign = useCampaign();
  const trunk = useWhere().params.get('trunk');
  const { data } = useTrend({ campaign, from: period.from, to: period.to, interval: 'hour' });
  const now = Temporal.Now.zonedDateTimeISO(time_zone);
  const today = now.toPlainDate().toString();
  const weeks = useMemo(
    () => daysFrom(dayAfter(today, 1 - USUAL_DAYS), today, time_zone),
    [today, time_zone],
  );
  const epoch_hour = Math.floor(now.epochMilliseconds / HOUR_MS);
  return (
    <Screen
      title={say(WORDS.title)}
      about={<AsOf period={period} campaign={campaign} />}
      pickers={
        <>
          <PeriodPicker />
          <CampaignPicker />
        </>
      }
    >
      <GoingOn period={period} campaign={campaign} />
      <DayPanel weeks={weeks} campaign={campaign} today={today} hour_now={now.hour} />
      {data?.length === 0 ? (
        <NothingDialed />
      ) : (
        <Panels period={period} weeks={weeks} campaign={campaign} epoch_hour={epoch_hour} />
      )}
      {trunk !== null && <TrunkDialog trunk={trunk} period={period} campaign={campaign} />}
    </Screen>
  );
}

interface PanelsProps {
  readonly period: Period;
  readonly weeks: Period;
  readonly campaign: string;
  readonly epoch_hour: number;
}

/** What there is to say of a period in which somebody was dialed. */
function Panels({ period, weeks, campaign, epoch_hour }: PanelsProps) {
  return (
    <>
      <PeriodPanel period={period} campaign={campaign} epoch_hour={epoch_hour} />
      <div className="overview-pair">
        <HeatPanel period={period} weeks={weeks} campaign={campaign} />
        <TroublesPanel period={period} campaign={campaign} />
      </div>
      <div className="overview-pair">
        <SidesPanel by="campaign" period={period} campaign="all" />
        <SidesPanel by="trunk" period={period} campaign={campaign} />
      </div>
    </>
  );
}
