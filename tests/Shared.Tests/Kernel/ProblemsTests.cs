using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Loa.Kernel;

public sealed class ProblemsTests
{
    public static TheoryData<Exception> Broken =>
        [new BadHttpRequestException("Unexpected end of request content."), new InvalidOperationException("a bug")];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Whoever_hangs_up_in_the_middle_is_no_further_exception(Exception broken)
    {
        using var hungUp = new CancellationTokenSource();
        await hungUp.CancelAsync();
        var http = new DefaultHttpContext
        {
            RequestAborted = hungUp.Token,
            RequestServices = new ServiceCollection().BuildServiceProvider(),
        };

        Assert.True(await Problems().TryHandleAsync(http, broken, hungUp.Token));
    }

    static Problems Problems() =>
        new(NullLogger<Problems>.Instance, new(TimeProvider.System, NullLogger<Outages>.Instance), TimeProvider.System);
}
