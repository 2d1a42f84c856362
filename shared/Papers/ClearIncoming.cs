using Microsoft.Extensions.Hosting;

namespace Loa.Papers;

/// <summary>Throws away at start what was on its way in when a server was killed; no one was told that it had come.</summary>
sealed class ClearIncoming(PaperStore papers) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var half in Directory.EnumerateFiles(papers.Incoming))
            File.Delete(half);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
