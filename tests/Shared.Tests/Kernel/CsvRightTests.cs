using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Loa.Kernel;

public sealed class CsvRightTests
{
    [Fact]
    public async Task An_export_breaks_off_within_a_second_when_its_reader_signs_out()
    {
        var (clock, house, line) = (new FakeTimeProvider(), new SomeReader(), new Line());
        await using var services = SomeReader.Services(house, clock);
        await using var scope = services.CreateAsyncScope();
        var sight = scope.ServiceProvider.GetRequiredService<Sight>();
        await sight.Load(house.Officer, CancellationToken.None, Guid.CreateVersion7());
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Features.Set<IHttpRequestLifetimeFeature>(line);
        var sent = 0;

        await new Csv("x.csv", ["a"], Rows()).ExecuteAsync(http);

        Assert.True(line.IsCut);
        // Ten rows a second: the one on its way when he left, and no more than those of the second after.
        Assert.InRange(sent, 5, 16);

        async IAsyncEnumerable<object?[]> Rows()
        {
            for (; sent < 1000; sent++)
            {
                await Task.Yield();
                if (sent == 5)
                    house.SignedOut = true;
                clock.Advance(TimeSpan.FromMilliseconds(100));
                yield return [sent];
            }
        }
    }

    sealed class Line : IHttpRequestLifetimeFeature
    {
        public bool IsCut { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsCut = true;
    }
}
