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
    en: 'Creates a campaign with its name, and tells the number that it got.',
    es: 'Crea una campaña con su nombre, y dice el número que recibió.',
  },
  benefit: {
    en: 'A program that loads a list into a campaign of its own works as it is.',
    es: 'Un programa que carga una lista en una campaña propia funciona tal como está.',
  },
  how: [
    {
      en: 'It is called with POST and counts as a call of the day. The body is a JSON object, whatever its Content-Type says. What else programs send of a campaign (hours, a skill, a description) is ignored: the dialer runs campaigns.',
      es: 'Se consume por POST y cuenta como un consumo del día. El cuerpo es un objeto JSON, sin importar lo que diga Content-Type. Lo demás que los programas envían de una campaña (horas, una habilidad, una descripción) se ignora: las campañas las maneja el marcador.',
    },
    {
      en: 'Each call creates a campaign, also under a name that is there already: names are for people, numbers tell campaigns apart.',
      es: 'Cada consumo crea una campaña, también con un nombre que ya existe: los nombres son para las personas, los números distinguen las campañas.',
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
      description: { en: 'It is created.', es: 'Quedó creada.' },
      bodies: {
        'application/json': createdSchema(z.literal('The campaign has been created successfully'), {
          id_campaign: countText('The number that it got.', 'El número que recibió.'),
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
