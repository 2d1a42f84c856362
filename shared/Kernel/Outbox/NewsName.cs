using System.Reflection;
using Loa.Contracts;

namespace Loa.Kernel;

/// <summary>Which name news bears in the outbox.</summary>
static class NewsName
{
    public static string Of<TNews>() => Attribute<TNews>().Name;

    /// <summary>All names under which it may wait.</summary>
    public static IReadOnlyList<string> AllOf<TNews>() =>
        Attribute<TNews>() is { Formerly: { } before } named ? [named.Name, before] : [Of<TNews>()];

    static EventNameAttribute Attribute<TNews>() =>
        typeof(TNews).GetCustomAttribute<EventNameAttribute>()
        ?? throw new InvalidOperationException($"{typeof(TNews)} has no [EventName]: nobody would hear of it.");
}
