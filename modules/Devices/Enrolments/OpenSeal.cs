using Loa.Air;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>
/// A speaker that has its root and its half of the code shows the nonce it sealed before: from then on the server can tell
/// which code it must show.
/// </summary>
sealed class OpenSeal(DevicesDb db, AskEnrolment ask, TimeProvider clock) : IUseCase
{
    const int LargestBody = 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/air/enrolments/{id:guid}", Answer).AllowAnyone();

    static async Task<AirAnswer<EnrolmentStatus>> Answer(
        Guid id,
        OpenSeal useCase,
        HttpContext http,
        CancellationToken cancel
    ) => new(await useCase.Run(id, http.Request.Body, cancel));

    public async Task<EnrolmentStatus> Run(Guid id, Stream body, CancellationToken cancel)
    {
        if (!EnrolmentOpening.TryRead(await AirBody.Read(body, LargestBody, cancel), out var opening))
            throw new InvalidException("nonce", "format");
        await db.Atomically(
            async () =>
            {
                var now = clock.Moment();
                var open =
                    await db.Enrolments.FirstOrDefaultAsync(e => e.Id == id, cancel)
                    ?? throw new MissingException("enrolment");
                if (open.SpeakerId is null && open.Expires <= now)
                    throw new MissingException("enrolment");
                Refuse.If(ClaimCheck.Seal(opening.Nonce) != open.Seal, "enrolment.seal");
                open.Nonce = opening.Nonce;
            },
            cancel
        );
        return await ask.Run(id, cancel);
    }
}
