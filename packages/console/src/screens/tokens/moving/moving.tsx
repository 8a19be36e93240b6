import type { OperationDocument } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Temporal } from 'temporal-polyfill';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useCampaign } from '../../../operation/campaign-picker.js';
import { useOperation } from '../../../operation/operation.js';
import { Panel } from '../../../parts/panel.js';
import { usePeriod } from '../../../period/use-period.js';
import { useUsage } from '../usage.js';
import { windowOf } from '../wall-time.js';
import { AddressCheck } from './address-check.js';
import type { Asked } from './ask.js';
import { ClockCheck } from './clock-check.js';
import { HeaderCheck } from './header-check.js';
import { ProfileChecks } from './profile-checks.js';
import { ServerCheck } from './server-check.js';
import { useTrial } from './trial.js';
import { TrialPanel } from './trial-panel.js';
import {
  addressVerdict,
  clockVerdict,
  codeVerdict,
  emptyVerdict,
  headerVerdict,
  serverVerdict,
  type Wanted,
  windowVerdict,
} from './verdict.js';
import { WindowCheck } from './window-check.js';

const WORDS = {
  title: { en: 'Is everything right?', es: '¿Está todo en orden?' },
  about: {
    en: 'A program that asks the vendor’s server works here with another address and another token. {right} of {all} are right.',
    es: 'Un programa que consulta el servidor del proveedor funciona aquí con otra dirección y otro token. En orden: {right} de {all}.',
  },
} as const;

type Profile = OperationDocument['reply_profile'];

/** What has to be right before a program of the vendor's works here, and a way to try it. */
export function Moving() {
  const say = useSay();
  const { server, time_zone } = useOperation();
  const campaign = useCampaign();
  const period = usePeriod();
  const limits = useUsage().data?.limits;
  const profile = useProfile();
  const [typed, setTyped] = useState('');
  const [wants, setWants] = useState<Wants>({ code: 'unknown', empty: 'unknown' });
  const attempt = useTrial();
  const trial = attempt.data;
  // A trial of another campaign or period says nothing of this one.
  const asked = { campaign, ...windowOf(period) };
  const of_window = isSame(attempt.variables?.asked, asked) ? trial : undefined;
  const now = Temporal.Now.instant();
  const verdicts = {
    address: addressVerdict(location),
    server: serverVerdict(typed, server),
    header: headerVerdict(trial),
    code: codeVerdict(wants.code, profile, trial),
    empty: emptyVerdict(wants.empty, profile, trial),
    window: windowVerdict(period.days, limits?.max_window_days, of_window),
    clock: clockVerdict(
      trial,
      now.toZonedDateTimeISO(Temporal.Now.timeZoneId()).offset,
      now.toZonedDateTimeISO(time_zone).offset,
    ),
  };
  const standings = Object.values(verdicts).map(({ standing }) => standing);
  const right = standings.filter((standing) => standing === 'right').length;
  return (
    <>
      <TrialPanel
        trial={trial}
        is_pending={attempt.isPending}
        error={attempt.error}
        onTry={(token) => attempt.mutate({ token, asked, server })}
      />
      <Panel title={say(WORDS.title)} about={say(WORDS.about, { right, all: standings.length })}>
        <ol className="tokens-checks">
          <AddressCheck verdict={verdicts.address} />
          <ServerCheck verdict={verdicts.server} server={server} typed={typed} onType={setTyped} />
          <HeaderCheck verdict={verdicts.header} />
          <ProfileChecks
            profile={profile}
            trial={trial}
            code={{ wanted: wants.code, verdict: verdicts.code }}
            empty={{ wanted: wants.empty, verdict: verdicts.empty }}
            onCode={(code) => setWants({ ...wants, code })}
            onEmpty={(empty) => setWants({ ...wants, empty })}
          />
          <WindowCheck verdict={verdicts.window} period={period} limits={limits} trial={of_window} />
          <ClockCheck verdict={verdicts.clock} now_ms={now.epochMilliseconds} />
        </ol>
      </Panel>
    </>
  );
}

function isSame(one: Asked | undefined, other: Asked): boolean {
  return (
    one?.campaign === other.campaign && one.date_ini === other.date_ini && one.date_end === other.date_end
  );
}

/** What the program wants of replies, as far as its people know. */
interface Wants {
  readonly code: Wanted<Profile['code']>;
  readonly empty: Wanted<Profile['empty_status']>;
}

/** How the operation's replies are set up. */
function useProfile(): Profile | undefined {
  const { server } = useOperation();
  const calls = useCalls();
  return useQuery({
    queryKey: [calls.key, 'operation'],
    queryFn: ({ signal }) => calls.documentOf<OperationDocument>(`/v1/operations/${server}`, { signal }),
    select: (document) => document.reply_profile,
  }).data;
}
