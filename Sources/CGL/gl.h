// The functions of OpenGL 3.3 that are used here, found at run time: a machine without libEGL still runs the rest.
#pragma once
#include <GL/glcorearb.h>

#define CGL_FUNCTIONS(X)                                                                                             \
  X(PFNGLACTIVETEXTUREPROC, ActiveTexture)                                                                           \
  X(PFNGLATTACHSHADERPROC, AttachShader)                                                                             \
  X(PFNGLBINDBUFFERPROC, BindBuffer)                                                                                 \
  X(PFNGLBINDBUFFERRANGEPROC, BindBufferRange)                                                                       \
  X(PFNGLBINDFRAMEBUFFERPROC, BindFramebuffer)                                                                       \
  X(PFNGLBINDSAMPLERPROC, BindSampler)                                                                               \
  X(PFNGLBINDTEXTUREPROC, BindTexture)                                                                               \
  X(PFNGLBINDVERTEXARRAYPROC, BindVertexArray)                                                                       \
  X(PFNGLBUFFERDATAPROC, BufferData)                                                                                 \
  X(PFNGLCHECKFRAMEBUFFERSTATUSPROC, CheckFramebufferStatus)                                                         \
  X(PFNGLCLEARBUFFERFVPROC, ClearBufferfv)                                                                           \
  X(PFNGLCOMPILESHADERPROC, CompileShader)                                                                           \
  X(PFNGLCREATEPROGRAMPROC, CreateProgram)                                                                           \
  X(PFNGLCREATESHADERPROC, CreateShader)                                                                             \
  X(PFNGLDELETEBUFFERSPROC, DeleteBuffers)                                                                           \
  X(PFNGLDELETEFRAMEBUFFERSPROC, DeleteFramebuffers)                                                                 \
  X(PFNGLDELETEPROGRAMPROC, DeleteProgram)                                                                           \
  X(PFNGLDELETESAMPLERSPROC, DeleteSamplers)                                                                         \
  X(PFNGLDELETESHADERPROC, DeleteShader)                                                                             \
  X(PFNGLDELETESYNCPROC, DeleteSync)                                                                                 \
  X(PFNGLDELETETEXTURESPROC, DeleteTextures)                                                                         \
  X(PFNGLDELETEVERTEXARRAYSPROC, DeleteVertexArrays)                                                                 \
  X(PFNGLDEPTHFUNCPROC, DepthFunc)                                                                                   \
  X(PFNGLDISABLEPROC, Disable)                                                                                       \
  X(PFNGLDRAWARRAYSINSTANCEDPROC, DrawArraysInstanced)                                                               \
  X(PFNGLDRAWBUFFERSPROC, DrawBuffers)                                                                               \
  X(PFNGLDRAWELEMENTSINSTANCEDPROC, DrawElementsInstanced)                                                           \
  X(PFNGLENABLEPROC, Enable)                                                                                         \
  X(PFNGLENABLEVERTEXATTRIBARRAYPROC, EnableVertexAttribArray)                                                       \
  X(PFNGLFENCESYNCPROC, FenceSync)                                                                                   \
  X(PFNGLFLUSHPROC, Flush)                                                                                           \
  X(PFNGLCLIENTWAITSYNCPROC, ClientWaitSync)                                                                         \
  X(PFNGLFRAMEBUFFERTEXTUREPROC, FramebufferTexture)                                                                 \
  X(PFNGLFRAMEBUFFERTEXTURELAYERPROC, FramebufferTextureLayer)                                                       \
  X(PFNGLGENBUFFERSPROC, GenBuffers)                                                                                 \
  X(PFNGLGENFRAMEBUFFERSPROC, GenFramebuffers)                                                                       \
  X(PFNGLGENSAMPLERSPROC, GenSamplers)                                                                               \
  X(PFNGLGENTEXTURESPROC, GenTextures)                                                                               \
  X(PFNGLGENVERTEXARRAYSPROC, GenVertexArrays)                                                                       \
  X(PFNGLGETERRORPROC, GetError)                                                                                     \
  X(PFNGLGETINTEGERVPROC, GetIntegerv)                                                                               \
  X(PFNGLGETPROGRAMINFOLOGPROC, GetProgramInfoLog)                                                                   \
  X(PFNGLGETPROGRAMIVPROC, GetProgramiv)                                                                             \
  X(PFNGLGETSHADERINFOLOGPROC, GetShaderInfoLog)                                                                     \
  X(PFNGLGETSHADERIVPROC, GetShaderiv)                                                                               \
  X(PFNGLGETSTRINGPROC, GetString)                                                                                   \
  X(PFNGLGETUNIFORMBLOCKINDEXPROC, GetUniformBlockIndex)                                                             \
  X(PFNGLGETUNIFORMLOCATIONPROC, GetUniformLocation)                                                                 \
  X(PFNGLLINKPROGRAMPROC, LinkProgram)                                                                               \
  X(PFNGLMAPBUFFERRANGEPROC, MapBufferRange)                                                                         \
  X(PFNGLPIXELSTOREIPROC, PixelStorei)                                                                               \
  X(PFNGLREADBUFFERPROC, ReadBuffer)                                                                                 \
  X(PFNGLREADPIXELSPROC, ReadPixels)                                                                                 \
  X(PFNGLSAMPLERPARAMETERFVPROC, SamplerParameterfv)                                                                 \
  X(PFNGLSAMPLERPARAMETERIPROC, SamplerParameteri)                                                                   \
  X(PFNGLSHADERSOURCEPROC, ShaderSource)                                                                             \
  X(PFNGLTEXBUFFERPROC, TexBuffer)                                                                                   \
  X(PFNGLTEXIMAGE2DPROC, TexImage2D)                                                                                 \
  X(PFNGLTEXIMAGE3DPROC, TexImage3D)                                                                                 \
  X(PFNGLTEXPARAMETERIPROC, TexParameteri)                                                                           \
  X(PFNGLUNIFORM1IPROC, Uniform1i)                                                                                   \
  X(PFNGLUNIFORMBLOCKBINDINGPROC, UniformBlockBinding)                                                               \
  X(PFNGLUNMAPBUFFERPROC, UnmapBuffer)                                                                               \
  X(PFNGLUSEPROGRAMPROC, UseProgram)                                                                                 \
  X(PFNGLVERTEXATTRIBPOINTERPROC, VertexAttribPointer)                                                               \
  X(PFNGLVIEWPORTPROC, Viewport)

namespace graphics {

struct Functions {
#define CGL_MEMBER(type, name) type name = nullptr;
  CGL_FUNCTIONS(CGL_MEMBER)
#undef CGL_MEMBER
  /// Null where the driver cannot tell that a context was lost.
  PFNGLGETGRAPHICSRESETSTATUSPROC GetGraphicsResetStatus = nullptr;
};

/// Of the whole process: EGL's dispatch makes them valid for every context.
extern Functions gl;

}  // namespace graphics
