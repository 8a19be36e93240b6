import type { Command } from 'commander';
import { type OperationFlags, withOperationFlags } from '../operation-flags.js';
import { askAndPrint, listed, single } from './accounts.js';

interface ShownCampaign {
  readonly campaign_id: number;
  readonly name: string | null;
  readonly type: string | null;
}

const COLUMNS = {
  campaign_id: (campaign: ShownCampaign) => campaign.campaign_id,
  name: (campaign: ShownCampaign) => campaign.name,
  type: (campaign: ShownCampaign) => campaign.type,
};

interface CreateFlags extends OperationFlags {
  readonly name?: string;
  readonly type?: string;
}

/** `recuento campaign create|list`. A campaign is also created by its first attempt. */
export function addCampaign(program: Command): void {
  const campaign = program.command('campaign').description('campaigns of an operation');
  withOperationFlags(campaign.command('create <id>'))
    .description('create a campaign, or change its name or type')
    .option('--name <name>', 'what people call it')
    .option('--type <type>', 'predictive or preview')
    .action((id: string, flags: CreateFlags) => {
      const body = JSON.stringify({ name: flags.name, type: flags.type });
      const path = `/campaigns/${encodeURIComponent(id)}`;
      return askAndPrint(flags, { method: 'PUT', path, body }, single<ShownCampaign>, COLUMNS);
    });
  withOperationFlags(campaign.command('list'))
    .description('list the campaigns')
    .action((flags: OperationFlags) =>
      askAndPrint(
        flags,
        { method: 'GET', path: '/campaigns' },
        listed<'campaigns', ShownCampaign>('campaigns'),
        COLUMNS,
      ),
    );
}
