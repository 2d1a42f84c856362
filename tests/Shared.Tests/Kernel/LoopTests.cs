using System.Threading.Channels;
using Loa.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loa.Kernel;

public sealed class LoopTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly Begun begun = new();
    readonly SaidLines<Breaking> said = new() { Lines = [] };

    [Fact]
    public async Task A_failure_that_nobody_reckoned_with_ends_neither_a_loop_nor_the_server()
    {
        using var host = House<Breaking>(new OnlyNode());
        await host.StartAsync();
        Assert.Equal(1, await begun.Next());
        Assert.Equal(2, await begun.Next());
        Assert.Equal(3, await begun.Next());

        Assert.False(
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested
        );
        Assert.Equal(
            ["no. 1", "no. 2"],
            said.Lines.Where(l => l.Text == "Breaking broke off; it begins again in 00:00:10")
                .Select(l => l.Exception?.Message)
        );
        await host.StopAsync();
    }

    [Fact]
    public async Task What_is_led_waits_until_this_node_leads_and_what_is_the_nodes_own_does_not()
    {
        var leadership = new Elsewhere();
        using var led = House<Breaking>(leadership);
        await led.StartAsync();
        using var own = House<Own>(leadership);
        await own.StartAsync();
        Assert.Equal(Own.Sign, await begun.Next());

        leadership.Comes.SetResult();
        Assert.Equal(1, await begun.Next());
        Assert.Equal([Breaking.Called], leadership.Names.Distinct());
        await Task.WhenAll(led.StopAsync(), own.StopAsync());
    }

    IHost House<TLoop>(ILeadership leadership)
        where TLoop : class, IHostedService
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder
            .Services.AddSingleton(begun)
            .AddSingleton(leadership)
            .AddSingleton<TimeProvider>(new NoPause())
            .AddSingleton<ILogger<Breaking>>(said)
            .AddSingleton<Outages>()
            .AddSingleton(typeof(BackgroundWork<>))
            .AddHostedService<TLoop>();
        return builder.Build();
    }

    /// <summary>Breaks off twice.</summary>
    sealed class Breaking(Begun begun, BackgroundWork<Breaking> work) : LeaderLoop<Breaking>(Called, work)
    {
        public const string Called = "test.breaking";

        int times;

        protected override Task Loop(CancellationToken stop)
        {
            begun.Times.Writer.TryWrite(++times);
            return times < 3
                ? throw new InvalidOperationException($"no. {times}")
                : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
    }

    sealed class Own(Begun begun, BackgroundWork<Own> work) : NodeLoop<Own>(work)
    {
        public const int Sign = 100;

        protected override Task Loop(CancellationToken stop)
        {
            begun.Times.Writer.TryWrite(Sign);
            return Task.CompletedTask;
        }
    }

    sealed class Begun
    {
        public Channel<int> Times { get; } = Channel.CreateUnbounded<int>();

        public Task<int> Next() => Times.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }

    /// <summary>Another node leads, until this one is to.</summary>
    sealed class Elsewhere : ILeadership
    {
        public TaskCompletionSource Comes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public System.Collections.Concurrent.ConcurrentQueue<string> Names { get; } = [];

        public async Task Lead(string name, Func<CancellationToken, Task> work, CancellationToken cancel)
        {
            Names.Enqueue(name);
            await Comes.Task.WaitAsync(cancel);
            await work(cancel);
        }
    }

    /// <summary>A clock whose pauses are over at once.</summary>
    sealed class NoPause : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
