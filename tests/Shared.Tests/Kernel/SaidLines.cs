using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

/// <summary>Keeps what is logged to it.</summary>
class SaidLines : ILogger
{
    public sealed record Line(LogLevel Level, string Text, Exception? Exception);

    public List<Line> Lines { get; init; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => Lines.Add(new(logLevel, formatter(state, exception), exception));
}

/// <summary>The same, for who wants a log of its own.</summary>
sealed class SaidLines<T> : SaidLines, ILogger<T>;
