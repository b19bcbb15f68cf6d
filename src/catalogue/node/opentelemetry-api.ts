import type { LibraryEntry } from '../../model/catalogue.js';

// The API keeps its providers on globalThis; a second set is refused until `disable()`.
export default {
  packages: ['@opentelemetry/api', '@opentelemetry/api-logs'],
  language: 'typescript',
  versions: '1.x',
  source: 'read in the documentation of @opentelemetry/api',
  tokens: ['@opentelemetry/api'],
  calls: [
    { call: 'trace.setGlobalTracerProvider', changes: { state: 'global', cell: ['=opentelemetry tracer provider'] } },
    { call: 'trace.disable', restores: { state: ['global'], what: '=opentelemetry tracer provider' } },
    { call: 'context.setGlobalContextManager', changes: { state: 'global', cell: ['=opentelemetry context manager'] } },
    { call: 'context.disable', restores: { state: ['global'], what: '=opentelemetry context manager' } },
    { call: 'propagation.setGlobalPropagator', changes: { state: 'global', cell: ['=opentelemetry propagator'] } },
    { call: 'propagation.disable', restores: { state: ['global'], what: '=opentelemetry propagator' } },
    { call: 'metrics.setGlobalMeterProvider', changes: { state: 'global', cell: ['=opentelemetry meter provider'] } },
    { call: 'metrics.disable', restores: { state: ['global'], what: '=opentelemetry meter provider' } },
    { call: 'diag.setLogger', changes: { state: 'global', cell: ['=opentelemetry diag logger'] } },
    { call: 'diag.disable', restores: { state: ['global'], what: '=opentelemetry diag logger' } },
    { call: 'logs.setGlobalLoggerProvider', changes: { state: 'global', cell: ['=opentelemetry logger provider'] } },
    { call: 'logs.disable', restores: { state: ['global'], what: '=opentelemetry logger provider' } },
  ],
} satisfies LibraryEntry;
