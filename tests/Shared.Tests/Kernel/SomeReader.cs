using Loa.Contracts.People;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>Somebody who reads, and may have signed out meanwhile.</summary>
sealed class SomeReader : IUnits, IPosts, ISessions
{
    static readonly UnitTree tree = new(new DateOnly(2026, 1, 1), []);

    public Guid Officer { get; } = Guid.CreateVersion7();

    public bool SignedOut { get; set; }

    public static ServiceProvider Services(SomeReader reader, TimeProvider clock) =>
        new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton<IUnits>(reader)
            .AddSingleton<IPosts>(reader)
            .AddSingleton<ISessions>(reader)
            .AddSingleton<Roles>()
            .AddScoped<Sight>()
            .BuildServiceProvider();

    public ValueTask<UnitTree> Today(CancellationToken cancel) => new(tree);

    public ValueTask<UnitTree> AsOf(DateOnly day, CancellationToken cancel) => new(tree);

    public ValueTask<IReadOnlyList<HeldPost>> Of(Guid officerId, CancellationToken cancel) => new([]);

    public ValueTask<bool> IsOpen(Guid sessionId, Guid officerId, CancellationToken cancel) => new(!SignedOut);

    public ValueTask<bool> IsSignedOut(Guid sessionId, CancellationToken cancel) => new(SignedOut);
}
