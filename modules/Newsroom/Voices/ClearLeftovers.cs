using Microsoft.Extensions.Hosting;

namespace Loa.Newsroom.Voices;

/// <summary>Clears at start what a killed server left.</summary>
sealed class ClearLeftovers(RenderingFolders folders) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        folders.Clear();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
