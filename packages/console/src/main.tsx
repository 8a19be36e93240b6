import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/problem.js';
import { App } from './app.js';
import { LanguageOf } from './language/language.js';
import './style/colours.css';
import './style/base.css';
import './style/parts.css';
import './style/shell.css';

/** What was refused is refused again; what did not arrive may arrive. */
const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) =>
        count < 2 && !(error instanceof Problem && error.status !== 0 && error.status < 500),
    },
  },
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <LanguageOf>
          <App />
        </LanguageOf>
      </QueryClientProvider>
    </StrictMode>,
  );
}
