using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>
/// A module hears news of another. It may be told twice: do the work in
/// <c>db.HearOnce(key, …)</c>, or so that doing it twice changes nothing.
/// </summary>
public interface IHear<in TNews>
{
    Task Hear(TNews news, Guid key, CancellationToken cancel);
}

/// <summary>Who hears which announcement.</summary>
public sealed record Receiver(
    string NewsType,
    Type Type,
    Func<IServiceProvider, string, Guid, CancellationToken, Task> Hear
);

public static class Receivers
{
    public static IServiceCollection AddReceiver<TReceiver, TNews>(this IServiceCollection services)
        where TReceiver : class, IHear<TNews>
    {
        services.AddScoped<TReceiver>();
        return services.AddSingleton(
            new Receiver(
                typeof(TNews).FullName!,
                typeof(TReceiver),
                (scope, body, key, cancel) =>
                    scope.GetRequiredService<TReceiver>().Hear(JsonSerializer.Deserialize<TNews>(body)!, key, cancel)
            )
        );
    }
}
