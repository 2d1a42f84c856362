using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Loa;

/// <summary>One line of a server's log, as a person reads it.</summary>
public sealed record LogLine(LogLevel Level, string Category, string Text, Exception? Exception);

/// <summary>Keeps what a server logs, so that a test can count it.</summary>
public sealed class LogLines : ILoggerProvider
{
    readonly ConcurrentQueue<LogLine> lines = [];

    public IReadOnlyCollection<LogLine> All => lines;

    public ILogger CreateLogger(string categoryName) => new Writer(lines, categoryName);

    public void Dispose() { }

    sealed class Writer(ConcurrentQueue<LogLine> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
                lines.Enqueue(new(logLevel, category, formatter(state, exception), exception));
        }
    }
}
