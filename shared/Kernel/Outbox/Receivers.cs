using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>
/// A module hears news of another. It may be told twice: the work is done so that doing it twice changes nothing.
/// </summary>
public interface IHear<in TNews>
{
    Task Hear(TNews news, Guid key, CancellationToken cancel);
}

/// <summary>
/// One for whom much news at once is as little work as one piece of it, so that what presses does not wait behind the rest.
/// When they fail together, each is told alone.
/// </summary>
public interface IHearTogether<in TNews> : IHear<TNews>
{
    Task Hear(IReadOnlyList<TNews> news, CancellationToken cancel);
}

/// <summary>Who hears which announcement.</summary>
/// <param name="Names">Of the news: today's, and what it was called before.</param>
/// <param name="Together">Null for who hears one after the other.</param>
public sealed record Receiver(
    IReadOnlyList<string> Names,
    Type Type,
    Func<IServiceProvider, string, Guid, CancellationToken, Task> Hear,
    Func<IServiceProvider, IEnumerable<string>, CancellationToken, Task>? Together
);

public static class Receivers
{
    public static IServiceCollection AddReceiver<TReceiver, TNews>(this IServiceCollection services)
        where TReceiver : class, IHear<TNews>
    {
        services.AddScoped<TReceiver>();
        return services.AddSingleton(
            new Receiver(
                NewsName.AllOf<TNews>(),
                typeof(TReceiver),
                (scope, body, key, cancel) => scope.GetRequiredService<TReceiver>().Hear(Read(body), key, cancel),
                typeof(TReceiver).IsAssignableTo(typeof(IHearTogether<TNews>))
                    ? (scope, bodies, cancel) =>
                        ((IHearTogether<TNews>)scope.GetRequiredService<TReceiver>()).Hear(
                            [.. bodies.Select(Read)],
                            cancel
                        )
                    : null
            )
        );

        static TNews Read(string body) => JsonSerializer.Deserialize<TNews>(body)!;
    }
}
