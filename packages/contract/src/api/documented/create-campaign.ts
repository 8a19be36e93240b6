import { z } from 'zod';
import { described } from '../../language.js';
import { CREATED_CAMPAIGNS, MAX_CAMPAIGNS } from '../../limits.js';
import { newCampaignSchema } from '../../new-campaign.js';
import { createCampaignQuery } from '../../queries/campaign-query.js';
import type { Endpoint } from '../endpoint.js';
import { countText, createdSchema } from './created.js';
import { apiNamed } from './reports.js';

const CAMPAIGNS = MAX_CAMPAIGNS.toLocaleString('en');

/** `campaign.php?api=create_campaign`: a campaign with a name, and a number of its own. */
export const CREATE_CAMPAIGN: Endpoint = {
  id: 'create_campaign',
  api_kind: 'documented',
  method: 'POST',
  path: '/api/v2/campaign.php',
  title: { en: 'Create a campaign', es: 'Crear una campaña' },
  description: {
    en: 'Creates a campaign with a name, and returns its number.',
    es: 'Crea una campaña con un nombre, y devuelve su número.',
  },
  benefit: {
    en: 'A program that creates a campaign for each list it loads works without changes.',
    es: 'Un programa que crea una campaña para cada lista que carga funciona sin cambios.',
  },
  how: [
    {
      en: 'It is called with POST and counts as a call of the day. The body is a JSON object, whatever its Content-Type says. Other fields that programs send (hours, a skill, a description) are ignored: the dialer runs campaigns.',
      es: 'Se consume por POST y cuenta como un consumo del día. El cuerpo es un objeto JSON, sin importar lo que diga Content-Type. Los demás campos que envían los programas (horas, una habilidad, una descripción) se ignoran: las campañas las maneja el marcador.',
    },
    {
      en: 'Each call creates a campaign, even if its name exists already: names are for people, and numbers tell campaigns apart.',
      es: 'Cada consumo crea una campaña, aunque su nombre ya exista: los nombres son para las personas, y los números distinguen las campañas.',
    },
    {
      en: `Numbers begin at ${CREATED_CAMPAIGNS.first}, above those that dialers give out. An operation with ${CAMPAIGNS} campaigns can create no more.`,
      es: `Los números empiezan en ${CREATED_CAMPAIGNS.first}, por encima de los que dan los marcadores. Una operación con ${CAMPAIGNS} campañas no puede crear más.`,
    },
  ],
  scopes: ['ingest'],
  query: z.object({ api: apiNamed('create_campaign'), ...createCampaignQuery.shape }),
  body: { 'application/json': newCampaignSchema },
  body_example: { campaign_name: 'Cobranza noviembre' },
  replies: {
    201: {
      description: { en: 'The campaign is created.', es: 'La campaña quedó creada.' },
      bodies: {
        'application/json': createdSchema(z.literal('The campaign has been created successfully'), {
          id_campaign: countText('The number of the campaign.', 'El número de la campaña.'),
          name_campaign: described(z.string(), { en: 'Its name.', es: 'Su nombre.' }),
        }).meta({ id: 'create_campaign_reply' }),
      },
    },
  },
  errors: [
    'malformed-body',
    'too-many-records',
    'too-many-campaigns',
    'body-too-large',
    'body-too-slow',
    'unsupported-media-type',
    'invalid-records',
  ],
};
